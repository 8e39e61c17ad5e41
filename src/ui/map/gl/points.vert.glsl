layout(location = 0) in vec2 a_at;
layout(location = 1) in float a_color;
layout(location = 2) in float a_selected;
uniform float u_size;
uniform bool u_selecting;
uniform float u_pass;
uniform vec3 u_palette[PALETTE_SIZE];
out vec4 v_color;
out float v_size;
void main() {
  gl_Position = toClip(a_at, vec2(0.0));
  v_size = u_size;
  v_color = vec4(u_palette[int(a_color + 0.5)], a_color < 0.5 ? 0.62 : 0.9);
  if (u_selecting) {
    // Selected ones are drawn in a pass of their own, above the others.
    if (a_selected != u_pass) gl_Position = vec4(2.0, 2.0, 0.0, 1.0);
    if (a_selected < 0.5) v_color = vec4(u_palette[0], 0.28);
    else {
      v_color.a = 1.0;
      v_size += 2.0;
    }
  }
  gl_PointSize = v_size;
}
