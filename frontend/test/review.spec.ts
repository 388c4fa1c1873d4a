// What is asked of an applicant about a submission, by an assessor through the secretariat, and answered in a thread; and of experts.
import { type Answer, built, expect, sound, test } from "./example";
import { screened, submitted } from "./given";
import { hands, told, ways, words } from "./hands";

test.skip(!built(), "bin/fund is not built");
test.describe.configure({ timeout: 120_000 });

for (const way of ways.filter((w) => !w.keyboard || w.lang === "en")) {
  const t = words(way.lang);

  test(`an assessor asks through the secretariat and the applicant answers, ${told(way)}`, async ({ page, as, ask }) => {
    const { press, write, choose } = hands(page, way.keyboard);
    const id = await screened(ask, `To be clarified, ${told(way)}`, "eligible");
    const button = (name: string) => page.getByRole("button", { name: t(name), exact: true });

    await as("astrid", way.lang); // a member of the body
    await page.goto(`/app/assessments/${id}`);
    await press(button("review.wishing"));
    await sound(page);
    await write(page.locator("#text"), "Who recruits the workers?");
    await page.reload();
    await press(button("review.wishing"));
    await expect(page.locator("#text")).toHaveValue("Who recruits the workers?"); // kept here, and asked by hand only
    await press(button("review.wish-send"));
    await expect(page.getByText(t("review.wish.open"))).toBeVisible();

    await as("amara", way.lang); // the secretariat
    await page.goto("/app/");
    await press(page.locator(`main a[href$="/screening/${id}"]`));
    await press(button("review.pass"));
    await choose(page.locator("#section"), "basics");
    await press(button("review.ask"));
    await expect(page.getByText(t("review.wish.passed"))).toBeVisible();
    await sound(page);

    await as("ana.lucia", way.lang); // who leads
    await page.goto("/app/");
    await press(page.locator(`main a[href$="${id}#clarification-1"]`));
    await press(button("review.give"));
    await expect(page.getByRole("alert")).toBeFocused(); // an answer says something
    await write(page.locator("#text"), "Licensed agencies.");
    await expect(page.getByRole("status").filter({ hasText: "✓" })).toBeVisible();
    await page.reload();
    await expect(page.locator("#text")).toHaveValue("Licensed agencies."); // kept without being asked to
    await sound(page);
    await press(button("review.give"));
    await press(button("review.give-sure"));
    await expect(page.locator("#clarification-1")).toContainText(t("review.state.answered"));

    await as("abla", way.lang); // of the owner state, on the body: sees none of it
    await page.goto(`/app/dossiers/${id}`);
    await expect(page.locator("main h1")).toBeVisible();
    await as("astrid", way.lang);
    await page.goto(`/app/assessments/${id}`);
    await expect(page.locator("#clarification-1")).toContainText("Licensed agencies.");
  });

  test(`an expert is asked for advice and gives it, ${told(way)}`, async ({ page, as, ask }) => {
    const { press, write, choose, pick } = hands(page, way.keyboard);
    const id = await submitted(ask, `To be advised on, ${told(way)}`);
    const button = (name: string) => page.getByRole("button", { name: t(name), exact: true });
    const { bodies } = await ask("amara", "GET", `/proposals/${id}/advice`);
    const wfp = bodies.find((b: Answer) => b.experts.length > 0).organisation.id;

    await as("amara", way.lang);
    await page.goto(`/app/screening/${id}`);
    await press(button("advice.ask"));
    await sound(page);
    await choose(page.locator("#organisation"), wfp);
    await write(page.locator("#text"), "Are the canteens well planned?");
    await page.reload();
    await press(button("advice.ask"));
    await expect(page.locator("#text")).toHaveValue("Are the canteens well planned?");
    await expect(page.locator("#organisation")).toHaveValue(wfp);
    await press(
      page
        .locator("form")
        .filter({ has: page.locator("#organisation") })
        .locator("[type=submit]"),
    );
    await expect(page.getByText(t("advice.state.waiting"))).toBeVisible();

    await as("milena", way.lang); // the expert
    await page.goto("/app/");
    await press(page.locator("main a[href*='/advice/']").last());
    await expect(page.getByText("Are the canteens well planned?")).toBeVisible();
    await sound(page);
    await press(button("advice.give"));
    await expect(page.getByRole("alert")).toBeFocused(); // advice says something
    await write(page.locator("#text"), "Well planned, but for the kitchens.");
    await pick(page.getByRole("radio", { name: t("advice.word.with-reservations") }));
    await press(button("advice.give"));
    await expect(button("advice.give")).toHaveCount(0); // it is given: its word stood in the form before
    await expect(page.getByText(t("advice.word.with-reservations"))).toBeVisible();

    await as("astrid", way.lang); // a member reads it beside the documents
    await page.goto(`/app/dossiers/${id}`);
    await expect(page.getByText("Well planned, but for the kitchens.")).toBeVisible();
  });
}
