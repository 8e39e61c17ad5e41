precision highp float;
in vec2 v_uv;
in vec2 v_at;
in float v_half;
flat in float v_level;
in vec4 v_border;
in float v_alpha;
flat in float v_grey;
uniform sampler2D u_small;
uniform sampler2D u_medium;
uniform sampler2D u_large;
uniform float u_border;
uniform float u_ratio;
out vec4 color;
void main() {
  float radius = min(6.0 * u_ratio, v_half * 0.28);
  vec2 q = abs(v_at) - (v_half - radius);
  float outside = length(max(q, 0.0)) + min(max(q.x, q.y), 0.0) - radius;
  vec2 dx = dFdx(v_uv);
  vec2 dy = dFdy(v_uv);
  vec3 picture;
  if (v_level < 0.5) picture = textureGrad(u_small, v_uv, dx, dy).rgb;
  else if (v_level < 1.5) picture = textureGrad(u_medium, v_uv, dx, dy).rgb;
  else picture = textureGrad(u_large, v_uv, dx, dy).rgb;
  picture = mix(picture, vec3(dot(picture, vec3(0.299, 0.587, 0.114))), v_grey);
  float border = v_border.a * clamp(outside + u_border + 0.5, 0.0, 1.0);
  color = vec4(mix(picture, v_border.rgb, border), v_alpha * clamp(0.5 - outside, 0.0, 1.0));
}