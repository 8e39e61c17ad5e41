import { GPGPUContext, MathBackendWebGL, setWebGLContext } from '@tensorflow/tfjs-backend-webgl';
import type { StartedBackend, StartOptions } from './started.ts';
import { Unavailable } from './started.ts';

const attributes: WebGLContextAttributes = {
  alpha: false,
  antialias: false,
  depth: false,
  stencil: false,
  premultipliedAlpha: false,
  preserveDrawingBuffer: false,
};

/** The renderer's name, if the browser reveals it. */
function rendererOf(gl: WebGL2RenderingContext): string {
  const extension = gl.getExtension('WEBGL_debug_renderer_info');
  const name = gl.getParameter(extension?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER);
  return typeof name === 'string' ? name : '';
}

/** Creates the context here, to report errors and detect its loss. */
export function startWebGl({ forced }: StartOptions): StartedBackend {
  const canvas = new OffscreenCanvas(1, 1);
  const gl = canvas.getContext('webgl2', { ...attributes, failIfMajorPerformanceCaveat: !forced });
  if (gl === null) {
    const any = new OffscreenCanvas(1, 1).getContext('webgl2', attributes);
    any?.getExtension('WEBGL_lose_context')?.loseContext();
    throw new Unavailable({ code: any === null ? 'unsupported' : 'software' });
  }
  const renderer = rendererOf(gl);
  if (!forced && /swiftshader|llvmpipe|basic render/i.test(renderer)) {
    gl.getExtension('WEBGL_lose_context')?.loseContext();
    throw new Unavailable({ code: 'software' });
  }
  const lost = new Promise<string>((resolve) => {
    canvas.addEventListener('webglcontextlost', (event) => {
      // Without this the browser would not restore any context.
      event.preventDefault();
      resolve('the graphics context was lost');
    });
  });
  // TF.js probes its flags on this context instead of creating another.
  setWebGLContext(2, gl);
  return {
    // A separate context has its own shader cache: the shared one keeps programs of lost contexts.
    backend: new MathBackendWebGL(new GPGPUContext(gl)),
    device: renderer,
    lost,
    stop: () => gl.getExtension('WEBGL_lose_context')?.loseContext(),
  };
}
