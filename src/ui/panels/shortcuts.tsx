import { type PanelProps, PanelShell } from './panel.tsx';
import './shortcuts.css';

const SHORTCUTS: readonly [string, readonly [keys: string, does: string][]][] = [
  [
    'Everywhere',
    [
      ['Ctrl V', 'Paste a picture into the library'],
      ['Ctrl Z', 'Undo: bring back what was binned, or take back what was said, last'],
      ['F6', 'Go to the messages'],
      ['?', 'This list'],
    ],
  ],
  [
    'Gallery',
    [
      ['← → ↑ ↓', 'Move from photo to photo'],
      ['Page Up, Page Down', 'Move by a screen'],
      ['Home, End', 'First and last photo'],
      ['/', 'Search for a thing'],
      ['Enter', 'Open the photo'],
      ['Space or X', 'Select it'],
      ['Shift ← → ↑ ↓', 'Select several'],
      ['Ctrl A', 'Select all'],
      ['Delete, Backspace', 'Move to the bin'],
      ['Escape', 'Clear the selection'],
    ],
  ],
  [
    'Photo',
    [
      ['← →', 'Previous and next photo of the gallery'],
      ['↓', 'Go to the similar photos'],
      ['← → ↑ ↓', 'Move among them, once there'],
      ['Enter', 'Go on from the similar photo'],
      ['F', 'Mark the faces, where faces are on'],
      ['Delete, Backspace', 'Move to the bin'],
      ['Escape', 'Back to the gallery'],
    ],
  ],
  [
    'People',
    [
      ['S', 'The same person'],
      ['D', 'Different people'],
      ['K', 'Skip the question'],
      ['Space or X', 'Select a face'],
      ['Escape', 'Clear the selection, then back'],
    ],
  ],
];

export default function Shortcuts({ onClose, children }: PanelProps) {
  return (
    <PanelShell title="Keyboard shortcuts" onClose={onClose} question={children} textOnly>
      {SHORTCUTS.map(([where, list]) => (
        <section key={where} className="shortcuts">
          <h3>{where}</h3>
          <dl>
            {list.map(([keys, does]) => (
              <div key={does}>
                <dt>
                  <kbd>{keys}</kbd>
                </dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </PanelShell>
  );
}
