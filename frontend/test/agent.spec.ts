// The MPTF Office, the fund's administrative agent: deposits, the bank's statement, transfers by two people, the proof.
import { type Answer, type Ask, built, expect, sound, test } from "./example";
import { requested } from "./given";
import { hands, told, ways, words } from "./hands";

test.skip(!built(), "bin/fund is not built");
test.describe.configure({ timeout: 90_000 });

for (const way of ways) {
  const t = words(way.lang);
  const name = `${way.lang}${way.keyboard ? " by keys" : ""}`;

  test(`a deposit is recorded, its fee shown first and then told, ${told(way)}`, async ({ page, as }) => {
    const { press, write, rewrite } = hands(page, way.keyboard);
    await as("rohan", way.lang);
    await press(page.locator('nav a[href="/app/agreements"]'));
    await expect(page.locator("h1")).toBeFocused();
    await press(page.getByRole("link", { name: "SAA-2025-05" }));
    const agreement = page.url();
    const record = page.getByRole("link", { name: t("office.deposit-record") });
    await press(record);
    const amount = page.locator("#amount");
    await write(amount, "9,999,999.00");
    await press(page.getByRole("button", { name: t("office.deposit-record") }));
    await expect(page.getByRole("alert")).toBeFocused(); // more than was agreed
    await expect(amount).toHaveAttribute("aria-invalid", "true");
    if (!way.keyboard) await sound(page);
    await rewrite(amount, "1250.50");
    await expect(page.locator('data[value="12.51"]')).toBeVisible(); // one per cent, half up to the cent
    await write(page.locator("#bank_reference"), `Deposit, ${name}`);
    await press(page.getByRole("button", { name: t("office.deposit-record") }));
    await expect(page).toHaveURL(agreement);
    await expect(page.locator("p").filter({ hasText: /12\.51.*1,237\.99/ })).toBeVisible(); // told by the server
    await expect(page.getByRole("cell", { name: "1,250.50" }).first()).toBeVisible();
    await page.goBack();
    await page.goBack();
    await page.reload();
    await expect(page.locator("h1")).toContainText("SAA-2025-05");
  });

  test(`a line is matched with its reason and the match undone with another, ${told(way)}`, async ({ page, as }) => {
    const { press, write, pick } = hands(page, way.keyboard);
    await as("rohan", way.lang);
    await press(page.locator('nav a[href="/app/reconcile"]'));
    const bank = page.locator('[data-side="bank"]');
    const books = page.locator('[data-side="ledger"]');
    const dialog = page.getByRole("dialog");
    const match = page.getByRole("button", { name: t("reconcile.match-chosen") });
    await bank.locator("input[type=checkbox]:enabled").first().waitFor();
    await expect(match).toBeDisabled();
    if (way.keyboard) {
      await page.keyboard.press("?");
      await expect(dialog).toBeVisible();
      await sound(page);
      await page.keyboard.press("Escape");
      for (const key of ["j", "Space", "l", "j", "Space", "m"]) await page.keyboard.press(key);
      await expect(dialog).toBeHidden(); // what differs is not matched
      for (const key of ["Space", "k", "Space", "m"]) await page.keyboard.press(key);
    } else {
      await bank.locator("input[type=checkbox]:enabled").first().check();
      await books.locator("input[type=checkbox]:enabled").nth(1).check();
      await expect(match).toBeDisabled();
      await books.locator("input[type=checkbox]:enabled").nth(1).uncheck();
      await books.locator("input[type=checkbox]:enabled").first().check();
      await match.click();
    }
    const inDialog = (id: string) => dialog.getByRole("button", { name: t(id) });
    await press(inDialog("reconcile.match-chosen"));
    await expect(dialog.getByRole("alert")).toBeFocused(); // a reason is asked for
    if (!way.keyboard) await sound(page);
    await write(dialog.locator("textarea"), `Same programme and sum, ${name}.`);
    await press(inDialog("reconcile.match-chosen"));
    await expect(dialog).toBeHidden();
    await pick(page.locator('input[name="view"]').nth(3)); // what is matched
    await expect(bank.getByRole("row").filter({ hasText: "OCEAN CHOIR" })).toHaveCount(0);
    const line = bank.getByRole("row").filter({ hasText: "385,000.00" });
    await press(line.getByRole("button"));
    await expect(bank.getByText(`Same programme and sum, ${name}.`)).toBeVisible();
    await press(bank.getByRole("button", { name: t("reconcile.undo") }));
    await write(dialog.locator("textarea"), "A trial.");
    await press(inDialog("reconcile.undo"));
    await expect(dialog).toBeHidden();
    await expect(page.getByText(t("reconcile.undone"))).toBeVisible();
    await press(page.locator('nav a[href="/app/proof"]'));
    await expect(page.locator("h1")).toBeFocused();
    await expect(page.locator('main data[value="0.00"]').first()).toBeVisible();
  });

  test(`a transfer is prepared by one, released and sent by another, ${told(way)}`, async ({ page, as, ask }) => {
    const { id, ref } = await requested(ask, "1000.00", true);
    const { press } = hands(page, way.keyboard);
    const step = page.locator(`main a[href="/app/transfers/${id}/step"]`);
    const open = async (lang: string, who: string, role: string) => {
      await as(who, lang, role);
      await press(page.locator('nav a[href="/app/transfers"]'));
      await press(page.locator(`main a[href^="/app/transfers/${id}"]`).first());
      await expect(page.locator("h1")).toBeFocused();
    };
    const act = async (name: string) => {
      if (!page.url().endsWith("/step")) await press(step);
      await expect(page.locator("main")).toContainText("1,000.00");
      if (!way.keyboard) await sound(page);
      await press(page.getByRole("button", { name: t(`office.act.transfer.${name}`), exact: true }));
      await expect(page.getByText(t(`office.done.transfer.${name}`, { ref }))).toBeVisible();
    };
    await open(way.lang, "rohan", "agent-preparer");
    await act("prepare");
    await expect(page.getByText("Rohan Mehtani").nth(1)).toBeVisible();
    await expect(step).toHaveCount(0); // who prepared does not release
    await open(way.lang, "nadia", "agent-releaser");
    await act("release");
    await act("send");
    await page.reload();
    await expect(page.getByText("Nadia Haddadine").nth(2)).toBeVisible();
    await expect(step).toHaveCount(0);
    expect((await ask("rohan", "GET", `/transfer-requests/${id}`)).stage).toBe("sent");
  });

  test(`a file that is no statement is refused whole, and one that is goes on when its page is left, ${told(way)}`, async ({
    page,
    as,
    ask,
  }) => {
    const { press, reach } = hands(page, way.keyboard);
    await as("rohan", way.lang);
    await press(page.locator('nav a[href="/app/reconcile"]'));
    const open = () => press(page.getByRole("button", { name: t("reconcile.import") }));
    const file = page.getByRole("dialog").locator("input[type=file]");
    const give = async (called: string, content: string) => {
      const choosing = page.waitForEvent("filechooser");
      if (way.keyboard) {
        await reach(file);
        await page.keyboard.press("Enter");
      } else await file.click();
      await (await choosing).setFiles({ name: called, mimeType: "application/xml", buffer: Buffer.from(content) });
    };
    await open();
    await file.dispatchEvent("cancel"); // who leaves the chooser of files is still where they chose
    const note = `note ${name}.xml`;
    await give(note, "<?xml version='1.0'?><Document/>");
    const sent = page.getByRole("dialog").locator("section li");
    await expect(sent.filter({ hasText: note }).locator("li")).toBeVisible({ timeout: 20_000 }); // why, in its own words
    if (!way.keyboard) await sound(page);
    const of = `rélevé ${name}.${way.keyboard ? "sta" : "xml"}`; // of either kind, told by what stands in it
    const next = await nextStatement(ask, `J-${name}`, way.keyboard);
    await give(of, next.file);
    await expect(sent.filter({ hasText: of })).toBeVisible();
    await press(
      page
        .getByRole("dialog")
        .getByRole("button", { name: t("dialog.close") })
        .last(),
    );
    await press(page.locator('nav a[href="/app/"]'));
    await press(page.locator('nav a[href="/app/reconcile"]'));
    await open();
    await expect(sent.filter({ hasText: of })).toContainText(next.ref, { timeout: 20_000 });
  });
}

/** The bank's file of the day after the last statement, and what the fund will call it: nothing moved. */
async function nextStatement(ask: Ask, ref: string, mt940: boolean): Promise<{ file: string; ref: string }> {
  const last = (await ask("rohan", "GET", "/bank-statements")).sort((a: Answer, b: Answer) => (a.to < b.to ? 1 : -1))[0];
  const account = (await ask("rohan", "GET", "/bank-accounts")).find((a: Answer) => a.id === last.account);
  const day = new Date(Date.parse(last.to) + 86_400_000).toISOString().slice(0, 10);
  const balance = (code: string) =>
    `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="USD">${last.closing.amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>${day}</Dt></Dt></Bal>`;
  if (mt940) {
    const at = `C${day.slice(2).replaceAll("-", "")}USD${last.closing.amount.replace(".", ",")}`;
    return {
      ref: `77/1 ${day}`,
      file: `:20:${ref.slice(0, 16)}\r\n:25:${account.number}\r\n:28C:77/1\r\n:60F:${at}\r\n:62F:${at}\r\n-\r\n`,
    };
  }
  const file = `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
<GrpHdr><MsgId>M-${ref}</MsgId><CreDtTm>${day}T18:00:00Z</CreDtTm></GrpHdr>
<Stmt><Id>${ref}</Id><CreDtTm>${day}T18:00:00Z</CreDtTm><FrToDt><FrDtTm>${day}T00:00:00Z</FrDtTm><ToDtTm>${day}T23:59:59Z</ToDtTm></FrToDt>
<Acct><Id><Othr><Id>${account.number}</Id></Othr></Id><Ccy>USD</Ccy></Acct>${balance("OPBD")}${balance("CLBD")}</Stmt>
</BkToCstmrStmt></Document>`;
  return { file, ref };
}
