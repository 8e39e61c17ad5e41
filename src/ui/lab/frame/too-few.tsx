import { t } from '../../text/t.ts';
import { labCall } from '../pure/lab-call.ts';
import { ChapterFrame } from './chapter-frame.tsx';

interface TooFewProps {
  text: readonly string[];
  /** Photos that the chapter needs. */
  needed: number;
}

/** A chapter whose index can't be built from so few photos. */
export function TooFew({ text, needed }: TooFewProps) {
  return (
    <ChapterFrame
      text={text}
      steps={1}
      stepText={t('lab.tooFewTitle')}
      shown={{ value: needed, isCurrent: true, error: null, retry: () => {} }}
      drawing={<p className="lab-veil">{t('lab.tooFew', { needed })}</p>}
      figures={[]}
      call={labCall('sample', {})}
    />
  );
}
