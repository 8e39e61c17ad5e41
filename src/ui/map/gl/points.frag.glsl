precision highp float;
in vec4 v_color;
in float v_size;
out vec4 color;
void main() {
  float distance = length(gl_PointCoord - 0.5) * v_size;
  float inside = clamp(v_size * 0.5 - distance, 0.0, 1.0);
  color = vec4(v_color.rgb, v_color.a * inside);
}
