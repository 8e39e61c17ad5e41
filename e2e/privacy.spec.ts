import { expect, test } from './fixtures/akin.ts';
import { sampleFiles } from './fixtures/pictures.ts';

// A first visit, with an empty profile.
test.use({ profile: null });

test('no request leaves the origin during a whole session', async ({
  akin,
  page,
  context,
  baseURL,
}) => {
  const requests: { url: string; method: string; body: string | null }[] = [];
  context.on('request', (request) => {
    requests.push({ url: request.url(), method: request.method(), body: request.postData() });
  });
  await akin.open();
  await akin.bringIn(await sampleFiles(6));
  await akin.tiles().first().click();
  await akin.includeLessSimilar();
  await page.keyboard.press('Escape');
  await page.evaluate(() => window.akin!.backend());
  const [first] = await akin.list();
  await page.evaluate((id) => window.akin!.remove([id!]), first?.id);
  await page.evaluate(() => window.akin!.restore([window.akin!.gallery.get().ids[0]!]));
  await page.evaluate(() => window.akin!.exportVectors());
  await page.reload();
  await akin.ready();

  expect(requests.length).toBeGreaterThan(5);
  for (const { url, method, body } of requests) {
    expect(
      ['blob:', 'data:'].some((scheme) => url.startsWith(scheme)) || url.startsWith(baseURL!),
    ).toBe(true);
    expect(method).toBe('GET');
    expect(body).toBeNull();
  }
});

test('the browser itself blocks requests to other origins', async ({ akin, page, problems }) => {
  const answer = await page.goto('/');
  expect(answer?.headers()['content-security-policy']).toContain("connect-src 'self'");
  expect(answer?.headers()['cross-origin-embedder-policy']).toBe('require-corp');
  await akin.ready();
  expect(await page.evaluate(() => window.crossOriginIsolated)).toBe(true);
  const refused = await page.evaluate(() =>
    fetch('https://example.com/').then(
      () => 'sent',
      () => 'refused',
    ),
  );
  expect(refused).toBe('refused');
  await expect.poll(() => problems.join()).toContain('Content Security Policy');
  problems.length = 0;
});
