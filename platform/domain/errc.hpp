#pragma once

// Why the ledger refuses an order or a reading. The names travel in REST answers and stand in the tables.

#include <string_view>

namespace anju::platform {

enum class Errc {
  // orders
  not_found,        ///< the meter, gateway, plan, line or command named in `where` is not there, or not in this organisation
  bad_field,        ///< the field named in `where` is out of range or contradicts another
  conflict,         ///< something with that name or address is there already; `where` says what
  key_reused,       ///< the idempotency key was used for something else
  not_cancellable,  ///< the command was sent already, or has ended
  not_dispatched,   ///< the meter was not sent to its gateway (数据下发), so nothing can be asked of it
  needs_confirmation,  ///< it concerns the household in `where`: the same again with `confirmed`
  no_valve,         ///< the meter cannot cut off: it has no valve
  not_for_kind,     ///< this kind of meter has no such function
  keep_power_on,    ///< the meter is under keep-power (保电); release that first
  too_many,         ///< the named limit in `where` is reached
  has_history,      ///< something was booked for the meter, or it is cut off by an order of ours: it stays
  not_clearable,    ///< the alarm goes by itself when its cause does
  in_use,           ///< rows of the resource `where` refer to it
  disabled,         ///< the row that the field `where` refers to is disabled
  beyond_rights,    ///< it would reach further than the rights and sites of who asks; `where` says what
  last_administrator,  ///< nobody of the organisation would be left who may everything
  own_account,      ///< nobody does this to himself
  busy,             ///< the ledger's queue is full; nothing was done, try again
  stopping,         ///< the ledger is shutting down; nothing was done
  // readings
  backward,              ///< below the last register, and no rollover (L7)
  impossible_jump,       ///< more than greatest power x time x margin (L7)
  out_of_order,          ///< older than the last register, and above it
  in_the_future,         ///< later than the platform's clock by more than the tolerance
  out_of_range,          ///< a register the dial cannot show
  tariffs_exceed_total,  ///< the four tariffs grew by more than the total
  unknown_device,        ///< no meter of that id at this gateway
  not_yours,             ///< an alarm that only the platform raises and clears
  // store
  store_failed,  ///< the database refused; `where` is its message. Nothing was let out
};

constexpr std::string_view to_string(Errc errc) {
  switch (errc) {
    case Errc::not_found: return "not_found";
    case Errc::bad_field: return "bad_field";
    case Errc::conflict: return "conflict";
    case Errc::key_reused: return "key_reused";
    case Errc::not_cancellable: return "not_cancellable";
    case Errc::not_dispatched: return "not_dispatched";
    case Errc::needs_confirmation: return "needs_confirmation";
    case Errc::no_valve: return "no_valve";
    case Errc::not_for_kind: return "not_for_kind";
    case Errc::keep_power_on: return "keep_power_on";
    case Errc::too_many: return "too_many";
    case Errc::has_history: return "has_history";
    case Errc::not_clearable: return "not_clearable";
    case Errc::in_use: return "in_use";
    case Errc::disabled: return "disabled";
    case Errc::beyond_rights: return "beyond_rights";
    case Errc::last_administrator: return "last_administrator";
    case Errc::own_account: return "own_account";
    case Errc::busy: return "busy";
    case Errc::stopping: return "stopping";
    case Errc::backward: return "backward";
    case Errc::impossible_jump: return "impossible_jump";
    case Errc::out_of_order: return "out_of_order";
    case Errc::in_the_future: return "in_the_future";
    case Errc::out_of_range: return "out_of_range";
    case Errc::tariffs_exceed_total: return "tariffs_exceed_total";
    case Errc::unknown_device: return "unknown_device";
    case Errc::not_yours: return "not_yours";
    case Errc::store_failed: return "store_failed";
  }
  return "unknown";
}

}  // namespace anju::platform
