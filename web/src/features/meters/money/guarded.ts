// An order about money that names the figures it was agreed on: carried out once whatever is clicked, refused when the figures are
// others by now.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { refusedBy, type OrderOf, type Refused } from "@/lib/account";
import { outcomeUnknown } from "@/lib/api/client";
import { keys } from "@/lib/api/keys";
import { stillOpen } from "@/lib/open-recharge";

export function useGuardedOrder<Order, Result>(meter: number, of: OrderOf, send: (order: Order) => Promise<Result>) {
  const queries = useQueryClient();
  /** nobody knows what became of it; while that is so it must stay as it was: its key stands for exactly this */
  const [open, setOpen] = useState<Order | null>(null);
  const [refused, setRefused] = useState<Refused | null>(null);
  const order = useMutation({
    mutationFn: send,
    onMutate: () => setRefused(null),
    onSuccess: () => {
      setOpen(null);
      for (const key of [keys.meter(meter), keys.meterLists, keys.home, keys.houses, keys.openAccount(meter)]) void queries.invalidateQueries({ queryKey: key });
    },
    onError: (error, sent) => {
      const refusal = refusedBy(error, of);
      setRefused(refusal);
      setOpen(refusal === null && stillOpen(error, outcomeUnknown(error), open !== null) ? sent : null);
      if (refusal !== null) for (const key of [keys.calculation(meter), keys.meter(meter)]) void queries.invalidateQueries({ queryKey: key });
    },
  });
  return {
    submit: (wanted: Order) => {
      if (!order.isPending) order.mutate(open ?? wanted);
    },
    pending: order.isPending,
    unsettled: open !== null && !order.isPending,
    refused,
    /** what else went wrong */
    error: refused === null && open === null && !order.isPending ? order.error : null,
    result: order.data,
  };
}

/** A tick that stands beside certain figures; beside others it is none. figures: null while there are none to agree to. */
export function useAgreement(figures: string | null) {
  const [ticked, setTicked] = useState<string | null>(null);
  return {
    agreed: figures !== null && ticked === figures,
    agree: (yes: boolean) => setTicked(yes ? figures : null),
  };
}
