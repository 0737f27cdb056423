// The lists of rooms and houses have a sheet of codes for what they show.
import { QrcodeOutlined } from "@ant-design/icons";

import type { Kind } from "./codes";
import type { Extension } from "@/lib/extensions";

const withCodes = (kind: Kind): Extension => ({
  listActions: [{ name: "codes", label: "codes.button", icon: <QrcodeOutlined />, page: (search) => `/codes/${kind}${search}` }],
});

export const extensions = { rooms: withCodes("room"), houses: withCodes("house") };
