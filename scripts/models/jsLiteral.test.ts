import { describe, expect, it } from 'vitest';
import { readJsLiteral } from './jsLiteral.ts';

describe('readJsLiteral', () => {
  it.each([
    [
      '{a:1,"b c":[.5,-.25,-1e-3,1e21],$d_1:"x\\"\\n\\u00e9"}',
      { a: 1, 'b c': [0.5, -0.25, -0.001, 1e21], $d_1: 'x"\né' },
    ],
    ['[!0,!1,true,false,null,[],{}]', [true, false, true, false, null, [], {}]],
    ['"QUJD"},{}]', 'QUJD'],
    ['{__proto__:1}', JSON.parse('{"__proto__":1}')],
  ])('reads %s as JavaScript would', (text, expected) => {
    expect(readJsLiteral(text, 0)).toEqual(expected);
  });

  it('starts where it is told', () => {
    expect(readJsLiteral('module.exports={a:[1]}', 15)).toEqual({ a: [1] });
  });

  it.each([
    '',
    'alert(1)',
    '{a:alert}',
    '{a 1}',
    '[1 2]',
    '[1',
    '"open',
    '{"a":`x`}',
    '{a:undefined}',
  ])('refuses %j instead of running it', (text) => {
    expect(() => readJsLiteral(text, 0)).toThrow(/expected/);
  });
});
