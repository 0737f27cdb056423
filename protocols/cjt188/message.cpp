#include "protocols/cjt188/message.hpp"

#include <algorithm>

#include "protocols/cjt188/fields.hpp"

namespace anju::cjt188 {
namespace {

bool same_type(std::uint8_t asked, std::uint8_t answered, Bus bus) {
  if (answered == kAnyType) return asked == kAnyType && bus == Bus::point_to_point;
  return asked == kAnyType || asked == answered;
}

bool is_new_address(const Frame& request, Function function, const Address& address) {
  if (function != Function::write_address || request.data.size() != kLead + address.wire.size()) return false;
  return std::ranges::equal(base::ByteView(request.data).subspan(kLead), std::as_bytes(std::span(address.wire)));
}

bool same_meter(const Frame& request, Function function, const Frame& frame, Bus bus) {
  if (!same_type(request.meter_type, frame.meter_type, bus)) return false;
  if (frame.address.is_wildcard()) return request.address.is_wildcard() && bus == Bus::point_to_point;
  // A meter may answer a write of its address under the address it has just been given.
  return request.address.matches(frame.address) || is_new_address(request, function, frame.address);
}

}  // namespace

bool answers(const Frame& request, const Frame& frame, Bus bus) {
  const auto asked = parse_control(request.control);
  const auto answered = parse_control(frame.control);
  if (!asked || !answered || asked->from_meter || !answered->from_meter || asked->function != answered->function) return false;
  if (request.data.size() < kLead || !same_meter(request, asked->function, frame, bus)) return false;
  if (answered->error) return !frame.data.empty() && frame.data[0] == request.data[2];
  return frame.data.size() >= kLead && std::equal(frame.data.begin(), frame.data.begin() + kLead, request.data.begin());
}

}  // namespace anju::cjt188
