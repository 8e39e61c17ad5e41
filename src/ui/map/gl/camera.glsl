// Before every vertex shader. `u_scale` and `u_canvas` are in device pixels.
precision highp float;
uniform vec2 u_center;
uniform float u_scale;
uniform vec2 u_canvas;
// From the map to clip space, plus `offset` device pixels.
vec4 toClip(vec2 at, vec2 offset) {
  vec2 pixels = (at - u_center) * u_scale + offset;
  return vec4(pixels * vec2(2.0, -2.0) / u_canvas, 0.0, 1.0);
}
