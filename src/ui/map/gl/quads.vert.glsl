layout(location = 0) in vec4 a_place;
layout(location = 1) in vec4 a_cell;
layout(location = 2) in float a_born;
uniform float u_size;
uniform float u_markSize;
uniform float u_time;
uniform float u_fade;
uniform bool u_selecting;
uniform vec3 u_palette[PALETTE_SIZE];
uniform vec3 u_accent;
out vec2 v_uv;
out vec2 v_at;
out float v_half;
flat out float v_level;
out vec4 v_border;
out float v_alpha;
flat out float v_grey;
void main() {
  vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
  bool isMark = a_place.w >= 2.0;
  bool selected = mod(a_place.w, 2.0) >= 1.0;
  float side = isMark ? u_markSize : u_size;
  v_half = side * 0.5;
  // A pixel around it for smooth edges.
  v_at = (corner - 0.5) * (side + 2.0);
  v_uv = a_cell.xy + a_cell.z * clamp(v_at / side + 0.5, 0.0, 1.0);
  v_level = a_cell.w;
  gl_Position = toClip(a_place.xy, v_at);
  v_border = vec4(u_palette[int(a_place.z + 0.5)], a_place.z < 0.5 && !isMark ? 0.4 : 1.0);
  v_alpha = clamp((u_time - a_born) / u_fade, 0.0, 1.0);
  v_grey = 0.0;
  if (u_selecting && selected) v_border = vec4(u_accent, 1.0);
  if (u_selecting && !selected) {
    v_border = vec4(0.0);
    v_alpha *= 0.4;
    v_grey = 0.85;
  }
}