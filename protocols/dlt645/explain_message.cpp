#include "protocols/dlt645/explain_message.hpp"

#include <array>
#include <cstdio>
#include <span>
#include <utility>

#include "protocols/dlt645/baud.hpp"
#include "protocols/dlt645/message.hpp"
#include "protocols/dlt645/value.hpp"

namespace anju::dlt645 {
namespace {

/// Collects facts; one overload per struct of request.hpp and reply.hpp.
class Teller {
 public:
  Teller(Explanation& out, Edition edition) : out_(out), edition_(edition) {}

  void operator()(const BroadcastTime& r) { add("time", text_of(r.time)); }
  void operator()(const ReadData& r) {
    add("di", r.di.text());
    if (!r.load_curve) return;
    add("blocks", std::int64_t{r.load_curve->blocks});
    if (r.load_curve->from) add("from", text_of(*r.load_curve->from));
  }
  void operator()(const ReadFollowUp& r) {
    add("di", r.di.text());
    if (edition_ == Edition::y2007) add("seq", std::int64_t{r.seq});
  }
  void operator()(const ReadAddress&) {}
  void operator()(const WriteData& r) {
    add("di", r.di.text());
    add_authority(r.authority);
    add("value_wire", base::to_hex(r.value));
  }
  void operator()(const WriteAddress& r) { add("new_address", r.address.text()); }
  void operator()(const Freeze& r) {
    add("freeze", pair(r.month) + "-" + pair(r.day) + " " + pair(r.hour) + ":" + pair(r.minute));
  }
  void operator()(const ChangeBaud& r) { add_baud(r.word); }
  void operator()(const ChangePassword& r) {
    if (edition_ == Edition::y2007) add("di", r.di.text());
    add("old_access_level", wire(std::array{r.old_level}));
    add("old_password_wire", wire(r.old_password));
    add("access_level", wire(std::array{r.new_level}));
    add("password_wire", wire(r.new_password));
  }
  void operator()(const ClearDemand& r) { add_authority(r.authority); }
  void operator()(const ClearMeter& r) { add_authority(r.authority); }
  void operator()(const ClearEvents& r) {
    add("di", r.which.text());
    add_authority(r.authority);
  }
  void operator()(const RelayControl& r) {
    add_authority(r.authority);
    add("n1", wire(std::array{static_cast<std::uint8_t>(r.action)}));
    add("relay_action", std::string(to_string(r.action)));
    if (r.valid_until) add("n2", wire(std::array{r.n2}));
    add("valid_until", r.valid_until ? FactValue(text_of(*r.valid_until)) : FactValue());
  }
  void operator()(const Security&) {}

  void operator()(const ReadReply& r) {
    add("di", r.di.text());
    if (r.follow_up && edition_ == Edition::y2007) add("seq", std::int64_t{r.seq});
    // A part of a longer block is no value yet.
    if (r.more || r.follow_up) {
      add("value_wire", base::to_hex(r.value));
      return;
    }
    const auto value = decode_value(r.di, r.value);
    if (value) {
      add_value(r, *value);
    } else {
      add("value_wire", base::to_hex(r.value));
      out_.remarks.push_back(value.error());
    }
  }
  void operator()(const AddressReply& r) { add("address_read", r.address.text()); }
  void operator()(const Ack& r) {
    add(r.function == Function::relay_control ? "relay_ack" : "ack", true);
    if (r.function == Function::change_baud && r.data.size() == 1) add_baud(base::to_u8(r.data[0]));
  }
  void operator()(const ErrorReply& r) {
    add("error_byte", wire(std::array{r.bits}));
    std::vector<std::string> names;
    for (int bit = 0; bit < 8; ++bit) {
      if ((r.bits >> bit & 1) != 0) names.emplace_back(error_bit_name(bit));
    }
    add("error_bits", std::move(names));
  }

 private:
  void add(std::string_view key, FactValue value) { out_.facts.push_back({key, std::move(value)}); }

  template <std::size_t N>
  static std::string wire(const std::array<std::uint8_t, N>& bytes) {
    return base::to_hex(std::as_bytes(std::span(bytes)));
  }

  static std::string pair(const std::optional<int>& value) {
    if (!value) return "**";
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "%02d", *value);
    return text.data();
  }

  void add_authority(const std::optional<Authority>& authority) {
    if (!authority) return;
    add("access_level", wire(std::array{authority->access_level}));
    add("password_wire", wire(authority->password));
    add("operator_wire", wire(authority->operator_code));
  }

  void add_baud(std::uint8_t word) {
    add("baud_word", wire(std::array{word}));
    if (edition_ != Edition::y2007) return;  // the bits of 1997 mean other rates
    const auto rate = baud_of(word);
    if (rate) {
      add("baud", std::int64_t{*rate});
    } else {
      out_.remarks.push_back(rate.error());
    }
  }

  void add_value(const ReadReply& r, const Value& value) {
    const Identifier& row = *find_identifier(r.di);  // decode_value has found it
    if (row.is_block()) {
      std::vector<std::string> texts;
      for (const auto& item : value.items) texts.push_back(item ? text_of(*item) : std::string());
      add("values", std::move(texts));
    } else {
      add(key_of(r.di), text_of(*value.items[0]));
    }
    if (row.unit != Unit::none) add("unit", std::string(to_string(row.unit)));
    if (row.is_block()) return;
    if (const auto* day = std::get_if<CalendarDay>(&*value.items[0])) add("weekday", std::int64_t{day->weekday});
    if (is_status_word_3(r.di)) add_status(std::get<Word>(*value.items[0]));
  }

  static std::string_view key_of(const DataId& di) {
    const auto same = in_edition(di, Edition::y2007);
    if (same && *same == kMeterNumber) return "meter_number";
    if (same && *same == kCommunicationAddress) return "address_read";
    return "value";
  }

  static bool is_status_word_3(const DataId& di) {
    const auto same = in_edition(di, Edition::y2007);
    return same && *same == kStatusWord3;
  }

  void add_status(const Word& word) {
    const StatusWord3 status = parse_status_word_3(static_cast<std::uint16_t>(word.bits));
    add("relay", std::string(to_string(relay_state(status))));
    add("relay_open", status.relay_open);
    add("off_commanded", status.off_commanded);
    add("keep_power", status.keep_power);
    add("alarm_before_trip", status.alarm_before_trip);
    add("programming_allowed", status.programming_allowed);
    add("supply", std::string(to_string(status.supply)));
    add("meter_type", std::string(to_string(status.type)));
  }

  Explanation& out_;
  Edition edition_;
};

}  // namespace

void explain_message(Explanation& out, const Frame& frame, const Control& control) {
  Teller teller(out, control.edition);
  if (control.from_meter) {
    const auto decoded = decode_reply(frame);
    if (decoded) {
      std::visit(teller, decoded->reply);
    } else {
      out.remarks.push_back(decoded.error());
    }
    return;
  }
  const auto decoded = decode_request(frame);
  if (decoded) {
    std::visit(teller, decoded->request);
  } else {
    out.remarks.push_back(decoded.error());
  }
}

}  // namespace anju::dlt645
