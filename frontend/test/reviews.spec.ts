// How the body worked in a year: opened for comments, commented by a seat, closed under a hash; and the ways there.
import { built, expect, sound, test } from "./example";
import { hands, told, ways, words } from "./hands";

test.skip(!built(), "bin/fund is not built");
test.describe.configure({ timeout: 120_000, mode: "serial" });

const last = new Date().getFullYear() - 1;

for (const way of ways.filter((w) => w.lang !== "ar" || !w.keyboard)) {
  const t = words(way.lang);

  test(`a year is opened, commented and closed, ${told(way)}`, async ({ page, as }) => {
    const { press, write } = hands(page, way.keyboard);
    const closed = page.getByText(t("yearly.state.closed"), { exact: true });

    await as("amara", way.lang);
    await page.goto("/app/decisions");
    await press(page.getByRole("link", { name: t("yearly.to-reviews") }));
    await press(page.getByRole("link", { name: t("yearly.title", { year: String(last) }) }));
    await expect(page.getByRole("heading", { level: 1 })).toContainText(String(last));
    const open = page.getByRole("button", { name: new RegExp(`^(${t("yearly.open")}|${t("yearly.open-again")})$`) });
    await press(open);
    await expect(page.getByText(t("yearly.state.open"), { exact: true })).toBeVisible();
    if (!way.keyboard) await sound(page);

    await as("astrid", way.lang);
    await page.goto("/app/");
    await press(page.locator(`main a[href="/app/reviews/${last}"]`).first());
    await press(page.getByRole("button", { name: t("yearly.comment-send") }));
    await expect(page.getByRole("alert")).toBeFocused(); // what the seat has to say, is asked
    await write(page.locator("#text"), `We met too seldom, ${told(way)}.`);
    await press(page.getByRole("button", { name: t("yearly.comment-send") }));
    await expect(page.locator("main li").getByText(`We met too seldom, ${told(way)}.`)).toBeVisible();
    await expect(page.locator("#text")).toHaveValue("");
    if (!way.keyboard) await sound(page);

    await as("amara", way.lang);
    await page.goto(`/app/reviews/${last}`);
    await expect(page.getByText(`We met too seldom, ${told(way)}.`)).toBeVisible();
    await press(page.getByRole("button", { name: t("yearly.close"), exact: true }));
    await expect(closed).toBeVisible();
    await expect(page.getByText(t("yearly.hash"))).toBeVisible();
    await press(page.getByRole("link", { name: t("yearly.version", { n: "1" }) }));
    await expect(page).toHaveURL(/version=1$/);
    const sheet = await page.request.get((await page.getByRole("link", { name: t("yearly.file-csv") }).getAttribute("href")) ?? "");
    expect((await sheet.text()).split("\n").length).toBeGreaterThan(30);
    if (!way.keyboard) await sound(page);
  });
}
