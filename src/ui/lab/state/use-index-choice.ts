import { useCallback, useState } from 'react';
import type { IndexSpec } from '../../../protocol/index.ts';
import { specName } from '../../pure/settings/index-text.ts';
import { sameChoice } from '../../pure/settings/spec-fields.ts';
import { akinError, useLoad } from '../../state/hooks/use-load.ts';
import { useUi } from '../../state/ui.ts';
import { errorText } from '../../text/errorText.ts';
import { t } from '../../text/t.ts';

/** The library's own index type. */
export interface IndexChoiceState {
  readonly isUsed: (spec: IndexSpec) => boolean;
  readonly isBusy: boolean;
  /** Makes an index type the library's own, unless it is. */
  readonly use: (spec: IndexSpec) => Promise<void>;
}

export function useIndexChoice(): IndexChoiceState {
  const { akin, showToast } = useUi();
  const [isBusy, setBusy] = useState(false);
  const { value, reload } = useLoad(useCallback(() => akin.index(), [akin]));
  const isUsed = (spec: IndexSpec) => value !== null && sameChoice(value.choice, spec);
  const use = async (spec: IndexSpec) => {
    if (isBusy || isUsed(spec)) return;
    setBusy(true);
    try {
      await akin.chooseIndex(spec);
      showToast({ text: t('lab.used', { name: specName(spec) }) });
      reload();
    } catch (thrown) {
      const detail = errorText(akinError(thrown));
      showToast({ text: t('lab.useFailed'), detail, urgent: true });
    } finally {
      setBusy(false);
    }
  };
  return { isUsed, isBusy, use };
}
