import { chromium, type Page } from '@playwright/test';
import { findBrowser, quietSwitches } from '../../scripts/browser.ts';
import { answered, calling, type OpenBrowser, type Tab } from './tab.ts';

export const openChromium: OpenBrowser = async (profile) => {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: findBrowser(),
    args: quietSwitches,
    viewport: { width: 1280, height: 800 },
  });
  return {
    tab: tabOf(context.pages()[0] ?? (await context.newPage())),
    newTab: async () => tabOf(await context.newPage()),
    close: () => context.close(),
  };
};

function tabOf(page: Page): Tab {
  return {
    async goto(url) {
      await page.goto(url);
    },
    evaluate: async (fn, ...args) => answered(await page.evaluate<string>(calling(fn, args))),
    click: (target) => page.locator(target).first().click(),
    type: (target, text) => page.locator(target).first().pressSequentially(text),
    choose: (target, paths) => page.locator(target).setInputFiles([...paths]),
    close: () => page.close(),
  };
}
