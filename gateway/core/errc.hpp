#pragma once

// Why the gateway could not do what it was asked. The names travel in CommandEvent::reason, in AlarmEvent::code and in
// the tools' output.

#include <string_view>

namespace anju::gateway {

enum class Errc {
  // an exchange on a line
  no_answer,   ///< nothing arrived in time; whether the device acted is unknown
  bad_frame,   ///< something arrived, but no whole frame: noise, a collision, another baud rate or parity
  line_down,   ///< the port is closed: no adapter, no connection, or taken by another program
  queue_full,  ///< the line's queue is at its limit
  cancelled,   ///< the device or line left the configuration
  // a command
  expired,             ///< its time was over
  seen_command,        ///< this id was accepted before; its result is in the stream or will be
  old_counter,         ///< the counter is not above the last accepted one
  unknown_device,      ///< the archive has no such device
  clock_not_set,       ///< this gateway's clock was never set, so no expiry can be judged
  contradicted,        ///< the device acknowledged, but is not in the asked state
  button_not_pressed,  ///< closing was permitted, nobody pressed the button in time
  superseded,          ///< a newer order for the same relay took its place
  not_durable,         ///< the journal could not remember the command; nothing was sent
  too_many_commands,   ///< more commands are running than the gateway keeps
  not_supported,       ///< this dialect of meter has no such function
  valve_fault,         ///< the device says that its valve is out of order
  // a configuration
  bad_address,      ///< not the address of a device of this dialect
  unknown_profile,  ///< no file of this gateway describes the model
  other_kind,   ///< the model counts energy and the archive says water, or the other way round: one would be billed as the other
  bad_uri,      ///< not a line this gateway can open; `where` says what is wrong
  old_version,  ///< an archive of a version not above the one in use
};

constexpr std::string_view to_string(Errc errc) {
  switch (errc) {
    case Errc::no_answer: return "no_answer";
    case Errc::bad_frame: return "bad_frame";
    case Errc::line_down: return "line_down";
    case Errc::queue_full: return "queue_full";
    case Errc::cancelled: return "cancelled";
    case Errc::expired: return "expired";
    case Errc::seen_command: return "seen_command";
    case Errc::superseded: return "superseded";
    case Errc::old_counter: return "old_counter";
    case Errc::unknown_device: return "unknown_device";
    case Errc::clock_not_set: return "clock_not_set";
    case Errc::contradicted: return "contradicted";
    case Errc::button_not_pressed: return "button_not_pressed";
    case Errc::not_durable: return "not_durable";
    case Errc::too_many_commands: return "too_many_commands";
    case Errc::not_supported: return "not_supported";
    case Errc::valve_fault: return "valve_fault";
    case Errc::bad_address: return "bad_address";
    case Errc::unknown_profile: return "unknown_profile";
    case Errc::other_kind: return "other_kind";
    case Errc::bad_uri: return "bad_uri";
    case Errc::old_version: return "old_version";
  }
  return "unknown";
}

}  // namespace anju::gateway
