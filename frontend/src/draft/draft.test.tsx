import { act, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Refused, Unreached } from "../api/problem";
import { Conflict } from "./Conflict";
import { SavingLine } from "./SavingLine";
import { type DraftOptions, useDraft } from "./useDraft";

// IndexedDB is not in happy-dom: a map stands in; the browser tests use the real one.
const disk = vi.hoisted(() => new Map<string, unknown>());
const busy = vi.hoisted(() => ({ disk: Promise.resolve() }));
vi.mock("idb-keyval", () => ({
  createStore: () => ({}),
  get: async (k: string) => disk.get(k),
  set: async (k: string, v: unknown) => void disk.set(k, v),
  del: async (k: string) => {
    await busy.disk;
    disk.delete(k);
  },
  keys: async () => [...disk.keys()],
}));

type Text = { title: string; note: string };
const server = { value: { title: "Old", note: "n" }, version: 3 };
const refused = (status: number) => new Refused({ type: "", code: "x", title: "No.", status });

beforeEach(() => {
  disk.clear();
  localStorage.clear();
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

function Form(props: Pick<DraftOptions<Text>, "put"> & Partial<DraftOptions<Text>>) {
  const draft = useDraft<Text>({
    id: "p/1",
    person: "ana",
    server,
    read: async () => ({ value: { title: "Theirs", note: "n" }, version: 4 }),
    ...props,
  });
  return (
    <>
      <input aria-label="Title" value={draft.value.title} onChange={(e) => draft.change((v) => ({ ...v, title: e.target.value }))} />
      <SavingLine saving={draft.saving} />
      {draft.conflict && (
        <Conflict
          mine={draft.conflict.mine}
          theirs={draft.conflict.theirs.value}
          fields={[
            { key: "title", label: "Title" },
            { key: "note", label: "Note" },
          ]}
          onSettle={draft.settle}
        />
      )}
    </>
  );
}
const type = (text: string) => fireEvent.change(screen.getByLabelText("Title"), { target: { value: text } });
const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));
const line = () => screen.getByRole("status").textContent;

it("is kept here and then on the server after 0.8 s of quiet, once", async () => {
  const put = vi.fn(async (value: Text, version: number) => ({ value, version: version + 1 }));
  render(<Form put={put} />);
  await pass(0);
  type("N");
  await pass(700);
  type("Ne");
  await pass(700);
  expect(put).not.toHaveBeenCalled();
  await pass(200);
  expect(put).toHaveBeenCalledExactlyOnceWith({ title: "Ne", note: "n" }, 3);
  expect(line()).toMatch(/^✓ Saved at \d\d:\d\d/);
  expect(disk.size).toBe(0);
  type("New");
  await pass(900);
  expect(put).toHaveBeenLastCalledWith({ title: "New", note: "n" }, 4);
});

it("is said to be saved only when nothing of it is kept here: who then signs out is asked nothing", async () => {
  let free = () => {};
  busy.disk = new Promise((done) => {
    free = done;
  });
  render(<Form put={async (value, version) => ({ value, version: version + 1 })} />);
  type("New");
  await pass(900);
  expect([disk.size, line()]).toEqual([1, expect.not.stringContaining("✓")]);
  free();
  await pass(0);
  expect([disk.size, line()]).toEqual([0, expect.stringContaining("✓")]);
});

it("goes on without a line, says so, and is sent when the line is back", async () => {
  const put = vi
    .fn()
    .mockRejectedValueOnce(new Unreached("off"))
    .mockImplementation(async (value: Text, version: number) => ({ value, version: version + 1 }));
  render(<Form put={put} />);
  await pass(0);
  type("Offline");
  await pass(900);
  expect(line()).toContain("on this device");
  expect(disk.get("ana/p/1")).toMatchObject({ value: { title: "Offline" }, version: 3 });
  await act(async () => {
    dispatchEvent(new Event("online"));
    await vi.advanceTimersByTimeAsync(0);
  });
  expect(line()).toContain("Saved at");
  expect(disk.size).toBe(0);
});

it("takes up what was left here", async () => {
  disk.set("ana/p/1", { value: { title: "Left", note: "n" }, version: 3, at: 0 });
  disk.set("ben/p/1", { value: { title: "Another's", note: "n" }, version: 3, at: 0 });
  const put = vi.fn(async (value: Text, version: number) => ({ value, version: version + 1 }));
  render(<Form put={put} />);
  await pass(0);
  expect((screen.getByLabelText("Title") as HTMLInputElement).value).toBe("Left");
  expect(put).toHaveBeenCalledOnce();
});

it("on a lost race shows both and waits for her to choose", async () => {
  const put = vi
    .fn()
    .mockRejectedValueOnce(refused(412))
    .mockImplementation(async (value: Text, version: number) => ({ value, version: version + 1 }));
  render(<Form put={put} />);
  await pass(0);
  type("Mine");
  await pass(900);
  const keep = screen.getByRole("button", { name: "Keep what I chose" });
  expect(keep.hasAttribute("disabled")).toBe(true);
  expect(screen.getAllByRole("radio")).toHaveLength(2); // the note is the same on both sides
  expect(screen.getAllByRole("radio").some((r) => (r as HTMLInputElement).checked)).toBe(false);
  fireEvent.click(screen.getAllByRole("radio")[0]!);
  fireEvent.click(keep);
  await pass(0);
  expect(put).toHaveBeenLastCalledWith({ title: "Mine", note: "n" }, 4);
});

it("a refusal is not asked again, and the text stays here", async () => {
  const put = vi.fn().mockRejectedValue(refused(422));
  render(<Form put={put} />);
  await pass(0);
  type("Too long");
  await pass(900);
  await pass(60_000);
  expect(put).toHaveBeenCalledOnce();
  expect(line()).toContain("on this device");
  expect(disk.size).toBe(1);
});

it("keeps here what is written while a slow line still carries what was written before", async () => {
  let arrive = () => {};
  const put = vi.fn(
    (value: Text, version: number) =>
      new Promise<{ value: Text; version: number }>((done) => {
        arrive = () => done({ value, version: version + 1 });
      }),
  );
  render(<Form put={put} />);
  await pass(0);
  type("First");
  await pass(900);
  type("Second");
  await pass(900);
  expect([...disk.values()]).toMatchObject([{ value: { title: "Second" } }]);
  arrive();
  await pass(0);
  expect(line()).not.toMatch(/✓/); // what is written now is not there yet
  expect(put).toHaveBeenLastCalledWith({ title: "Second", note: "n" }, 4);
  arrive();
  await pass(0);
  expect(line()).toMatch(/✓/);
  expect(disk.size).toBe(0);
});

it("puts what is typed at once on top of what was left here, or shows both", async () => {
  const put = vi.fn(async (value: Text, version: number) => ({ value, version: version + 1 }));
  const left = { value: { title: "Old", note: "left here" }, version: 3, at: 0 };
  disk.set("ana/p/1", left);
  const { unmount } = render(<Form put={put} merge={async () => (_, mine, theirs) => ({ ...mine, title: theirs.title })} />);
  type("Quick");
  await pass(900);
  expect(put).toHaveBeenLastCalledWith({ title: "Quick", note: "left here" }, 3);
  unmount();
  put.mockClear();
  disk.set("ana/p/1", left);
  render(<Form put={put} />);
  type("Quick");
  await pass(0);
  await pass(900);
  expect(put).not.toHaveBeenCalled();
  expect(document.body.textContent).toContain("left here");
});

it("is there again though the page went the moment it was typed", async () => {
  const never = () => new Promise<never>(() => {});
  const page = render(<Form put={never} />);
  await pass(0);
  type("New");
  window.dispatchEvent(new Event("pagehide"));
  disk.clear(); // the database had no time
  page.unmount();
  disk.clear();
  const put = vi.fn(async (value: Text, version: number) => ({ value, version: version + 1 }));
  render(<Form put={put} />);
  await pass(0);
  expect((screen.getByLabelText("Title") as HTMLInputElement).value).toBe("New");
  await pass(1000);
  expect(put).toHaveBeenCalledWith({ title: "New", note: "n" }, 3);
  expect(localStorage.length).toBe(0);
});
