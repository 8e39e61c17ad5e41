import { parseSync } from 'vite';

/** Browser names of keys, events and the like, which are not UI text. */
const NAMES =
  /^(?:Enter|Escape|Home|End|Delete|Backspace|Tab|Space|Shift|Control|Meta|Alt|Page(?:Up|Down)|Arrow(?:Up|Down|Left|Right)|(?:Not|Abort|Data)[A-Za-z]*Error|Files)$/;
/** Attributes and calls whose text is never displayed. */
const UNREAD_ATTRIBUTES =
  /^(?:className|d|viewBox|transform|accept|sizes|rel|style|key|id|name|type)$|^data-/;
const UNREAD_CALLS =
  /^(?:querySelector(?:All)?|closest|matches|getElementById|getContext|matchMedia|Error|RegExp|URL|startsWith|endsWith|includes|setProperty|getPropertyValue|import|t|rich|raw)$/;

interface Node {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

/** Whether a string looks like UI text: several words, or a capitalized one. */
function isText(value: string): boolean {
  const text = value.trim();
  if (NAMES.test(text)) return false;
  return /\p{L}[,.:;!?…]?\s+\p{L}/u.test(text) || /^\p{Lu}\p{Ll}+[.!?…]?$/u.test(text);
}

/** Literal text in a source file that belongs in a catalog. */
export function literalTexts(path: string, source: string): string[] {
  const found: string[] = [];
  const nameOf = (node: Node | undefined): string => {
    if (node === undefined) return '';
    if (node.type === 'MemberExpression') return nameOf(node.property as Node);
    if (node.type === 'Import') return 'import';
    return String(node.name ?? '');
  };
  const visit = (node: Node): void => {
    switch (node.type) {
      case 'ImportDeclaration':
      case 'ExportAllDeclaration':
      case 'TSLiteralType':
      case 'TSTemplateLiteralType':
        return;
      case 'JSXText':
        if (/\p{L}/u.test(String(node.value))) found.push(String(node.value).trim());
        return;
      case 'JSXAttribute':
        if (UNREAD_ATTRIBUTES.test(nameOf(node.name as Node))) return;
        break;
      case 'CallExpression':
      case 'NewExpression':
        if (UNREAD_CALLS.test(nameOf(node.callee as Node))) return;
        break;
      case 'Property':
        // Quoted keys are not text.
        visit(node.value as Node);
        return;
      case 'Literal':
        if (typeof node.value === 'string' && isText(node.value)) found.push(node.value);
        return;
      case 'TemplateElement': {
        const { cooked } = node.value as { cooked: string };
        if (isText(cooked)) found.push(cooked);
        return;
      }
    }
    for (const child of Object.values(node)) {
      for (const each of Array.isArray(child) ? child : [child]) {
        if (typeof each === 'object' && each !== null && 'type' in each) visit(each as Node);
      }
    }
  };
  visit(parseSync(path, source).program as unknown as Node);
  return found;
}
