import { useCallback, useState } from 'react';
import type { IndexSpec } from '../../../protocol/index.ts';
import { Button } from '../../parts/button.tsx';
import { CheckIcon } from '../../parts/icons.tsx';
import { specName } from '../../pure/settings/index-text.ts';
import { sameChoice } from '../../pure/settings/spec-fields.ts';
import { akinError, useLoad } from '../../state/hooks/use-load.ts';
import { useUi } from '../../state/ui.ts';
import { errorText } from '../../text/errorText.ts';
import { t } from '../../text/t.ts';

/** Makes an index type the library's own. */
export function UseButton({ spec }: { spec: IndexSpec }) {
  const { akin, showToast } = useUi();
  const [isBusy, setBusy] = useState(false);
  const report = useLoad(useCallback(() => akin.index(), [akin]));
  const isUsed = report.value !== null && sameChoice(report.value.choice, spec);
  const use = async () => {
    if (isBusy || isUsed) return;
    setBusy(true);
    try {
      await akin.chooseIndex(spec);
      showToast({ text: t('lab.used', { name: specName(spec) }) });
      report.reload();
    } catch (thrown) {
      const detail = errorText(akinError(thrown));
      showToast({ text: t('lab.useFailed'), detail, urgent: true });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button
      look={isUsed ? 'plain' : 'primary'}
      className="lab-use"
      aria-disabled={isUsed || isBusy}
      onClick={() => void use()}
      data-testid="lab-use"
    >
      {isUsed ? (
        <>
          <CheckIcon /> {t('lab.inUse')}
        </>
      ) : (
        t('lab.use')
      )}
    </Button>
  );
}
