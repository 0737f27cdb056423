// Requests and hooks of how a meter supplies: switching by the clock, its annual fee, changes of its register.
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";

import { request } from "./client";
import { keys } from "./keys";
import type { Meter } from "@/types/api";
import type { AnnualFee, FeeOrder, FeePayment, RegisterChange, RegisterOrder, SwitchPeriod } from "@/types/supply";

type Rows<Row> = { rows: Row[] };

export const changeSchedule = (meter: number, schedule: SwitchPeriod[]) => request<Meter>("PUT", `/meters/${meter}/switch-schedule`, { body: { schedule } });
/** yearly null: no fee */
export const changeAnnualFee = (meter: number, body: AnnualFee | { yearly: null }) => request<Meter>("PUT", `/meters/${meter}/annual-fee`, { body });
export const payAnnualFee = (meter: number, body: FeeOrder) => request<FeePayment>("POST", `/meters/${meter}/annual-fees`, { body });
export const changeRegister = (meter: number, body: RegisterOrder) => request<RegisterChange>("POST", `/meters/${meter}/register-changes`, { body });

/** All there are, as records are drawn. */
const useRecords = <Row>(meter: number, name: "annual-fees" | "register-changes") =>
  useInfiniteQuery({
    queryKey: keys.accountRecords(meter, name),
    queryFn: ({ signal }) => request<Rows<Row>>("GET", `/meters/${meter}/${name}`, { signal }),
    initialPageParam: undefined,
    getNextPageParam: () => undefined,
  });
export const useFeePayments = (meter: number) => useRecords<FeePayment>(meter, "annual-fees");
export const useRegisterChanges = (meter: number) => useRecords<RegisterChange>(meter, "register-changes");

/** A change that answers the meter as it is now. */
export function useMeterChange<Wanted>(meter: number, change: (wanted: Wanted) => Promise<Meter>, done: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (answer) => {
      queries.setQueryData(keys.meter(meter), answer);
      void queries.invalidateQueries({ queryKey: keys.meterLists });
      done();
    },
  });
}
