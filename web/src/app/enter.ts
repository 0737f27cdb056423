import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { keys } from "@/lib/api/keys";
import { enterOrganisation } from "@/lib/api/requests";

/** Enters an organisation (null: back to the own one) and forgets everything that was seen of the other. */
export function useEnter(onDone: () => void) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const { t } = useTranslation();
  return useMutation({
    mutationFn: enterOrganisation,
    onSuccess: async (session) => {
      onDone();
      // A page of the other organisation means nothing here.
      await navigate("/");
      queries.clear();
      queries.setQueryData(keys.session, session);
      void message.success(t("organisation.entered", { name: session.acting.name }));
    },
  });
}
