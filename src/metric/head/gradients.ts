import { registerGradient } from '@tensorflow/tfjs-core';
import { addGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Add_grad.js';
import { batchMatMulGradConfig } from '@tensorflow/tfjs-core/dist/gradients/BatchMatMul_grad.js';
import { multiplyGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Multiply_grad.js';
import { divGradConfig } from '@tensorflow/tfjs-core/dist/gradients/RealDiv_grad.js';
import { reluGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Relu_grad.js';
import { reshapeGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Reshape_grad.js';
import { sqrtGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Sqrt_grad.js';
import { squareGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Square_grad.js';
import { sumGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Sum_grad.js';

/** Registers the gradients of the operations of a head; all of TF.js's would be 60 times as many. */
export function registerGradients(): void {
  registerGradient(addGradConfig);
  registerGradient(batchMatMulGradConfig);
  registerGradient(multiplyGradConfig);
  registerGradient(divGradConfig);
  registerGradient(reluGradConfig);
  registerGradient(reshapeGradConfig);
  registerGradient(sqrtGradConfig);
  registerGradient(squareGradConfig);
  registerGradient(sumGradConfig);
}
