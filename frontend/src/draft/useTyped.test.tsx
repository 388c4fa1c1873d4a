import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, render, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { sessionQuery } from "../shell/session";

// The device: what survives a reload.
const device = vi.hoisted(() => new Map<string, unknown>());
vi.mock("idb-keyval", () => ({
  createStore: () => "store",
  get: async (key: string) => device.get(key),
  set: async (key: string, value: unknown) => void device.set(key, value),
  del: async (key: string) => void device.delete(key),
  keys: async () => [...device.keys()],
}));

const { useTypedForm } = await import("./useTyped");

let form: ReturnType<typeof useTypedForm<{ reason: string; day: string }>>;
function Form() {
  form = useTypedForm("test", { reason: "", day: "2026-10-01" });
  return <p>{form[0].reason || "nothing"}</p>;
}

function open(person = "amara") {
  const queries = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  queries.setQueryData(sessionQuery.queryKey, { person: { id: person } } as never);
  return render(
    <QueryClientProvider client={queries}>
      <Form />
    </QueryClientProvider>,
  );
}

afterEach(() => {
  cleanup();
  device.clear();
});

it("a short form is there again after a reload, for who wrote it alone, until it is sent", async () => {
  const page = open();
  act(() => form[1]({ reason: "Two points are open." }));
  page.unmount(); // the page goes within the second
  await waitFor(() => expect(device.size).toBe(1));

  const other = open("lucia");
  await act(async () => {});
  expect(screen.getByText("nothing")).toBeTruthy();
  other.unmount();

  open();
  await screen.findByText("Two points are open.");
  expect(form[0].day).toBe("2026-10-01");
  await act(() => form[2]());
  expect(screen.getByText("nothing")).toBeTruthy();
  expect(device.size).toBe(0);
});

it("what is typed back to what it was is no draft", async () => {
  const page = open();
  act(() => form[1]({ reason: "x" }));
  page.unmount();
  await waitFor(() => expect(device.size).toBe(1));
  open();
  await screen.findByText("x");
  act(() => form[1]({ reason: "" }));
  await waitFor(() => expect(device.size).toBe(0));
});
