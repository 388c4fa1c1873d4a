// The lot that was drawn for a seat when it was confirmed: shown with all that anybody needs to draw it again.
import { createHash } from "node:crypto";
import { type Answer, built, expect, sound, test } from "./example";
import { inDays } from "./given";
import { told, ways, words } from "./hands";

test.skip(!built(), "bin/fund is not built");
test.describe.configure({ timeout: 120_000 });

for (const way of ways.filter((w) => !w.keyboard)) {
  const t = words(way.lang);

  test(`the lot of a confirmed seat is drawn again, ${told(way)}`, async ({ page, as, ask }) => {
    const vacancies = (await ask("amara", "GET", "/rotation")).rounds.flatMap((r: Answer) => r.vacancies);
    const coming = vacancies.filter((v: Answer) => v.from > inDays(1).slice(0, 10) && v.candidates.some((c: Answer) => c.eligible));
    const [vacancy] = coming;
    const who = vacancy.candidates.find((c: Answer) => c.eligible);
    const { id } = await ask("amara", "POST", `/seats/${vacancy.seat}/nominations`, { organisation: who.organisation, note: "Letter" });
    await ask("amara", "POST", `/nominations/${id}/choice`, { note: "Letter of the group" });
    const [confirmed] = await ask("beatriz", "POST", "/rotation/confirmation", { nominations: [id], aside: [], reason: "" });

    await as("astrid", way.lang);
    await page.goto("/app/rotation");
    const lots = page.locator("section:has(> #lots)");
    const seats = await ask("astrid", "GET", "/seats");
    const seat = seats.find((s: Answer) => s.id === vacancy.seat);
    const { drawn } = seat.terms.find((x: Answer) => x.term === confirmed.term);
    const row = lots.getByRole("row").filter({ hasText: seat.name }).first();
    await expect(row).toContainText(drawn.seed);
    await expect(row).toContainText(t("lots.seed"));
    if (drawn.code) {
      const ticket = createHash("sha256").update(`${drawn.seed}\n${drawn.code}`).digest("hex");
      await expect(row).toContainText(ticket);
      await expect(row).toContainText(drawn.code);
    }
    await sound(page);
  });
}
