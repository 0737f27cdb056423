#pragma once

// A meter and a master for the tests of this folder: requests as frames, replies taken apart.

#include <doctest/doctest.h>

#include <initializer_list>
#include <optional>
#include <string>

#include "firmware-sim/devices/meter.hpp"

namespace anju::sim::test {

/// 2026-11-21 10:00:00 at +08:00.
inline constexpr base::UtcMillis kStart{1'795'226'400'000};

inline MeterSetup plain_setup(const std::string& address = "000000000161") {
  MeterSetup setup;
  setup.address = dlt645::Address::parse(address).value();
  return setup;
}

inline base::Bytes bytes(const std::string& hex) {
  return base::from_hex(hex).value();
}

inline dlt645::Frame request(const std::string& address, std::uint8_t control, const std::string& data_hex) {
  return {dlt645::Address::parse(address).value(), control, bytes(data_hex)};
}

/// The reply's frame; fails the test when there is none or it is damaged.
inline dlt645::Frame reply_to(Meter& meter, const dlt645::Frame& request, base::UtcMillis now) {
  const auto reply = meter.on_frame(request, now);
  REQUIRE(reply.has_value());
  const auto found = dlt645::find_frame(reply->bytes);
  REQUIRE(found.has_value());
  return found->frame;
}

/// "C DATA" in hex, e.g. "91 0000010026000000".
inline std::string said(const dlt645::Frame& frame) {
  const std::byte control{frame.control};
  return base::to_hex({&control, 1}) + " " + base::to_hex(frame.data);
}

inline std::string ask(Meter& meter, std::uint8_t control, const std::string& data_hex, base::UtcMillis now) {
  return said(reply_to(meter, request(meter.setup().address.text(), control, data_hex), now));
}

/// Data of 1C: PA, password and operator 0, N1, N2 = 00, valid until the end of 2099.
inline std::string relay_data(const std::string& n1, const std::string& password = "000000") {
  return "02" + password + "00000000" + n1 + "00" + "595923311299";
}

}  // namespace anju::sim::test
