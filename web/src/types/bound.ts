// Short names for what the contract says of bound users (已绑定用户).
import type { components } from "./api.gen";

type Schemas = components["schemas"];
export type BoundUser = Schemas["BoundUser"];
export type BoundUsers = Schemas["BoundUsers"];
export type MeterShare = Schemas["MeterShare"];
export type ShareMade = Schemas["ShareMade"];
export type SharedMeter = Schemas["SharedMeter"];
export type MyAccount = Schemas["MyAccount"];
export type MyAccountInput = Schemas["MyAccountInput"];
export type MyBinding = Schemas["MyBinding"];
export type MyMeterRow = Schemas["MyMeterRow"];
export type MyMeter = Schemas["MyMeter"];
export type MyUse = Schemas["MyUse"];
export type MyUsePoint = Schemas["MyUsePoint"];
export type MyRecords = Schemas["MyRecords"];
export type MyMessages = Schemas["MyMessages"];
