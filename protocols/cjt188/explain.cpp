#include "protocols/cjt188/explain.hpp"

#include <string>
#include <utility>

#include "protocols/cjt188/candidate.hpp"
#include "protocols/cjt188/fields.hpp"
#include "protocols/cjt188/message.hpp"
#include "protocols/cjt188/metering.hpp"

namespace anju::cjt188 {
namespace {

using base::Explanation;

std::string hex(std::uint8_t value) {
  const std::byte byte{value};
  return base::to_hex({&byte, 1});
}

/// 901F of heat meters holds other things; gas is counted as water is.
bool counts_volume(std::uint8_t meter_type) {
  const int group = meter_type >> 4;
  return group == 1 || group == 3;
}

/// Collects facts; one overload per struct of request.hpp and reply.hpp. What DI, SER and the data field say in general stands there already.
class Teller {
 public:
  Teller(Explanation& out, const Frame& frame) : out_(out), frame_(frame) {}

  void operator()(const ReadData&) {}
  void operator()(const ReadAddress&) {}
  void operator()(const ReadKeyVersion&) {}
  void operator()(const Valve& r) {
    add("valve_byte", hex(r.code));
    const auto action = usual_valve_action(r.code);
    if (action) {
      add("valve_action", std::string(*action));
    } else {
      out_.remarks.emplace_back(Errc::out_of_range, "valve code " + hex(r.code) + " is none of the usual ones");
    }
  }
  void operator()(const WriteData& r) { add("value_wire", base::to_hex(r.value)); }
  void operator()(const WriteBase& r) {
    add("base_value", base::format(r.base));
    add_unit();
  }
  void operator()(const WriteAddress& r) { add("new_address", r.address.text()); }

  void operator()(const ReadReply& r) {
    if (r.di != kMetering || !counts_volume(frame_.meter_type)) {
      add("value_wire", base::to_hex(r.value));
      return;
    }
    const auto metering = decode_metering(r.value);
    if (!metering) {
      add("value_wire", base::to_hex(r.value));
      out_.remarks.push_back(metering.error());
      return;
    }
    add("total", base::format(metering->total));
    if (metering->settle_day_total) add("settle_day_total", base::format(*metering->settle_day_total));
    add_unit();
    if (metering->time) add("time", text_of(*metering->time));
    if (metering->status) add("status_wire", metering->status->text());
  }
  void operator()(const AddressReply&) {}  // the address stands in the frame
  void operator()(const Ack& r) {
    if (r.status) add("status_wire", r.status->text());
  }
  void operator()(const ErrorReply& r) { add("status_wire", r.status.text()); }

 private:
  void add(std::string_view key, base::FactValue value) { out_.facts.push_back({key, std::move(value)}); }
  void add_unit() {
    add("unit_code", hex(kCubicMetre));  // a register of any other unit is refused
    add("unit", std::string(*unit_name(kCubicMetre)));
  }

  Explanation& out_;
  const Frame& frame_;
};

/// Tells a decoded message, or why it is none.
template <class Received>
void tell(Explanation& out, const Frame& frame, const Received& received) {
  if (!received) {
    out.remarks.push_back(received.error());
    return;
  }
  if constexpr (requires { received->request; }) {
    std::visit(Teller(out, frame), received->request);
  } else {
    std::visit(Teller(out, frame), received->reply);
  }
}

void explain_message(Explanation& out, const Frame& frame, const Control& control, std::optional<DiOrder> order) {
  if (!control.error && !order) {
    if (frame.data.size() >= kLead) out.remarks.emplace_back(Errc::unknown_identifier, base::to_hex(base::ByteView(frame.data).first(2)));
    if (frame.data.size() < kLead) out.remarks.emplace_back(Errc::bad_length, "L " + std::to_string(frame.data.size()));
    return;
  }
  const Options options{.di_order = order.value_or(DiOrder::high_byte_first)};
  if (control.from_meter) {
    tell(out, frame, decode_reply(frame, options));
  } else {
    tell(out, frame, decode_request(frame, options.di_order));
  }
}

void add_front(Explanation& out, const Frame& frame, std::size_t preamble, std::size_t skipped) {
  out.facts.push_back({"preamble_fe", static_cast<std::int64_t>(preamble)});
  if (skipped > 0) out.facts.push_back({"leading_noise_bytes", static_cast<std::int64_t>(skipped)});
  out.facts.push_back({"meter_type", hex(frame.meter_type)});
  out.facts.push_back({"address", frame.address.text()});
  out.facts.push_back({"control", hex(frame.control)});
}

/// DI and SER, as far as they are there and their byte order is known.
void add_lead(Explanation& out, const Frame& frame, bool error_reply, std::optional<DiOrder> order) {
  if (error_reply) {
    if (!frame.data.empty()) out.facts.push_back({"ser", hex(base::to_u8(frame.data[0]))});
    return;
  }
  if (order) {
    out.facts.push_back({"di", read_di(frame.data, *order).text()});
    out.facts.push_back({"di_order", std::string(to_string(*order))});
  }
  if (frame.data.size() >= kLead) out.facts.push_back({"ser", hex(base::to_u8(frame.data[2]))});
}

void explain_found(Explanation& out, base::ByteView bytes, const Found& found) {
  const Frame& frame = found.frame;
  const auto control = parse_control(frame.control);
  const bool from_meter = (frame.control & kFromMeter) != 0;
  const bool error_reply = control && control->error;
  const auto order = error_reply ? std::nullopt : order_of(frame.data);
  add_front(out, frame, found.preamble, found.skipped);
  out.facts.push_back({"direction", std::string(from_meter ? "meter" : "master")});
  if (error_reply) out.facts.push_back({"error_reply", true});
  if (control) out.facts.push_back({"function", std::string(to_string(control->function))});
  out.facts.push_back({"length", static_cast<std::int64_t>(frame.data.size())});
  add_lead(out, frame, error_reply, order);
  out.facts.push_back({"data_wire", base::to_hex(frame.data)});
  out.facts.push_back({"checksum", hex(base::to_u8(bytes[found.consumed - 2]))});
  out.consumed = found.consumed;

  if (from_meter && (frame.address.is_wildcard() || frame.meter_type == kAnyType)) {
    out.remarks.emplace_back(Errc::bad_address, "a reply that carries AA cannot be attributed on a shared line");
  }
  if (control) {
    explain_message(out, frame, *control, order);
  } else {
    out.remarks.push_back(control.error());
  }
  if (found.consumed < bytes.size()) {
    out.facts.push_back({"trailing_bytes", static_cast<std::int64_t>(bytes.size() - found.consumed)});
  }
}

/// What can still be said of the first candidate that looked whole and was not.
void explain_suspect(Explanation& out, base::ByteView bytes) {
  const auto suspect = base::search_frame(bytes, kLayout).suspect;
  if (!suspect || suspect->candidate.shape == base::Shape::too_long) return;
  const Frame frame = fields_of(bytes.subspan(suspect->at), suspect->candidate);
  const std::size_t preamble = base::preamble_before(bytes, suspect->at);
  add_front(out, frame, preamble, suspect->at - preamble);
  out.facts.push_back({"length", static_cast<std::int64_t>(frame.data.size())});
  out.facts.push_back({"checksum", hex(suspect->candidate.checksum_right)});
  out.facts.push_back({"checksum_found", hex(suspect->candidate.checksum_found)});
}

}  // namespace

base::Explanation explain(base::ByteView bytes) {
  Explanation out;
  const auto found = find_frame_at_end(bytes);
  if (found) {
    explain_found(out, bytes, *found);
    return out;
  }
  explain_suspect(out, bytes);
  out.facts.push_back({"error", std::string(found.error().code)});
  out.refused = found.error();
  if (looks_like_parity_mismatch(bytes)) {
    out.refused->where = "the preamble is intact and the rest is not: looks like a parity mismatch (8N1 instead of 8E1)";
  }
  return out;
}

bool looks_like_parity_mismatch(base::ByteView bytes) {
  constexpr std::size_t kLeastPreamble = 2, kSecondStartAt = 7, kControlAt = 9;
  constexpr std::byte kStart{0x68};
  std::size_t at = 0;
  while (at < bytes.size() && (bytes[at] != kStart || base::preamble_before(bytes, at) < kLeastPreamble)) ++at;
  const auto body = bytes.subspan(at);
  if (body.size() <= kControlAt || body[kSecondStartAt] == kStart) return false;
  return !parse_control(base::to_u8(body[kControlAt])) && !find_frame_at_end(bytes);
}

}  // namespace anju::cjt188
