import { describe, expect, it } from 'vitest';
import { apply } from '../align/similarity.ts';
import type { Detection } from './blazeface.ts';
import { MESH_POINTS, MESH_SIDE, meshCrop, readMesh } from './mesh.ts';

const near = (value: number) => expect.closeTo(value, 4);

const detection = (left: [number, number], right: [number, number]): Detection => ({
  score: 0.9,
  box: { x: 100, y: 200, width: 80, height: 60 },
  points: [left, right, [0, 0], [0, 0], [0, 0], [0, 0]].map(([x, y]) => ({ x: x!, y: y! })),
});

describe('meshCrop', () => {
  it('spans 1.5 times the longer side, centered on the box', () => {
    const crop = meshCrop(detection([120, 220], [160, 220]));
    expect(apply(crop, { x: 140, y: 230 })).toEqual({ x: near(96), y: near(96) });
    expect(apply(crop, { x: 80, y: 170 })).toEqual({ x: near(0), y: near(0) });
  });

  it.each([-90, -30, 45, 90, 170])('levels eyes that are rotated by %i degrees', (degrees) => {
    const angle = (degrees * Math.PI) / 180;
    const right = [140 + 20 * Math.cos(angle), 230 + 20 * Math.sin(angle)] as [number, number];
    const left = [280 - right[0], 460 - right[1]] as [number, number];
    const crop = meshCrop(detection(left, right));
    const [l, r] = [left, right].map(([x, y]) => apply(crop, { x, y }));
    expect(l!.y).toBeCloseTo(r!.y, 8);
    expect(r!.x).toBeGreaterThan(l!.x);
  });

  it('is turned upside down on request', () => {
    const faced = detection([120, 220], [160, 220]);
    const { x, y } = apply(meshCrop(faced, Math.PI), { x: 140, y: 250 });
    expect(y).toBeLessThan(MESH_SIDE / 2);
    expect(x).toBeCloseTo(MESH_SIDE / 2, 8);
  });
});

/** A flat head with only the points that are read, rotated in space as requested. */
function head({ yaw = 0, pitch = 0, roll = 0 }: { yaw?: number; pitch?: number; roll?: number }) {
  const flat: Record<number, [number, number]> = {
    33: [-40, -20],
    133: [-20, -20],
    362: [20, -20],
    263: [40, -20],
    1: [0, 5],
    61: [-18, 30],
    291: [18, 30],
    10: [0, -60],
    152: [0, 60],
  };
  const [cy, sy] = [Math.cos((yaw * Math.PI) / 180), Math.sin((yaw * Math.PI) / 180)];
  const [cp, sp] = [Math.cos((pitch * Math.PI) / 180), Math.sin((pitch * Math.PI) / 180)];
  const [cr, sr] = [Math.cos((roll * Math.PI) / 180), Math.sin((roll * Math.PI) / 180)];
  const values = new Float32Array(3 * MESH_POINTS);
  for (let i = 0; i < MESH_POINTS; i++) {
    const [x, y] = flat[i] ?? [0, 0];
    // Around the vertical axis, then the horizontal axis, then the line of sight.
    const [x1, z1] = [x * cy, x * sy];
    const [y2, z2] = [y * cp + z1 * sp, z1 * cp - y * sp];
    values.set([96 + x1 * cr - y2 * sr, 96 + x1 * sr + y2 * cr, z2], 3 * i);
  }
  return values;
}

const same = { a: 1, b: 0, tx: 0, ty: 0 };

describe('readMesh', () => {
  it('returns the five points and the bounds in picture pixels', () => {
    const { box, fivePoints } = readMesh(head({}), { a: 2, b: 0, tx: 10, ty: 20 });
    const picture = (x: number, y: number) => ({
      x: near((96 + x - 10) / 2),
      y: near((96 + y - 20) / 2),
    });
    expect(fivePoints).toEqual([
      picture(-30, -20),
      picture(30, -20),
      picture(0, 5),
      picture(-18, 30),
      picture(18, 30),
    ]);
    expect(box).toEqual({ x: near(23), y: near(8), width: near(40), height: near(60) });
  });

  it.each([
    { yaw: 0, pitch: 0, roll: 0 },
    { yaw: 35, pitch: 0, roll: 0 },
    { yaw: -50, pitch: 0, roll: 0 },
    { yaw: 0, pitch: 25, roll: 0 },
    { yaw: 0, pitch: -15, roll: 0 },
    { yaw: 0, pitch: 0, roll: 20 },
  ])('estimates the pose of the head: %o', (pose) => {
    const told = readMesh(head(pose), same).pose;
    expect(told).toEqual({ yaw: near(pose.yaw), pitch: near(pose.pitch), roll: near(pose.roll) });
  });

  it('includes the rotation of the crop in the roll', () => {
    const faced = detection([140, 210], [140, 250]);
    expect(readMesh(head({ roll: 5 }), meshCrop(faced)).pose.roll).toBeCloseTo(95, 4);
    expect(readMesh(head({}), meshCrop(faced, Math.PI)).pose.roll).toBeCloseTo(-90, 4);
  });
});
