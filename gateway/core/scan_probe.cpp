#include "gateway/core/scan_probe.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "protocols/cjt188/abbreviation.hpp"
#include "protocols/cjt188/message.hpp"
#include "protocols/cjt188/metering.hpp"
#include "protocols/dlt645/identifier.hpp"
#include "protocols/dlt645/message.hpp"
#include "protocols/dlt645/relay.hpp"
#include "protocols/dlt645/value.hpp"
#include "protocols/modbus/rtu.hpp"

namespace anju::gateway {
namespace {

/// A reply to a question of ours has it; one in the other byte order, or to somebody else, has not.
constexpr std::uint8_t kSerial = 0x5A;

dlt645::Edition edition_of(Dialect dialect) {
  return dialect == Dialect::dlt645_1997 ? dlt645::Edition::y1997 : dlt645::Edition::y2007;
}

cjt188::Options options_of(const Root& root) {
  cjt188::Options options;
  options.meter_type = root.meter_type;
  options.di_order = root.dialect == Dialect::cjt188_low_first ? cjt188::DiOrder::low_byte_first : cjt188::DiOrder::high_byte_first;
  return options;
}

dlt645::Address dlt645_address(const ScanAddress& address) {
  dlt645::Address made;
  std::copy_n(address.begin(), made.wire.size(), made.wire.begin());
  return made;
}

LineFrame dlt645_request(const Probe& probe) {
  const auto edition = edition_of(probe.root.dialect);
  const auto address = dlt645_address(probe.address);
  const dlt645::DataId total = edition == dlt645::Edition::y2007 ? dlt645::DataId{0x00010000, edition} : dlt645::DataId{0x9010, edition};
  const auto frame = probe.read_address ? dlt645::make_request(edition, address, dlt645::ReadAddress{})
                                        : dlt645::make_request(edition, address, dlt645::ReadData{probe.status ? dlt645::kStatusWord3 : total, std::nullopt});
  return frame.value_or(dlt645::Frame{});
}

LineFrame cjt188_request(const Probe& probe) {
  const cjt188::Address address{probe.address};
  const cjt188::Request what = probe.read_address ? cjt188::Request(cjt188::ReadAddress{}) : cjt188::Request(cjt188::ReadData{});
  return cjt188::make_request(options_of(probe.root), address, kSerial, what).value_or(cjt188::Frame{});
}

modbus::Frame modbus_request(const Probe& probe, std::uint8_t unit) {
  return modbus::make_request(unit, probe.read).value_or(modbus::Frame{});
}

/// The first whole frame of a meter; bytes beyond it are the caller's.
Search search(const Probe& probe, base::ByteView bytes) {
  if (is_cjt188(probe.root.dialect)) {
    auto found = cjt188::find_frame_at_end(bytes);
    if (!found) return {};
    return {Search::Verdict::found, std::move(found->frame), found->skipped, found->consumed};
  }
  if (is_dlt645(probe.root.dialect)) {
    auto found = dlt645::find_frame_at_end(bytes);
    if (!found) return {};
    return {Search::Verdict::found, std::move(found->frame), found->skipped, found->consumed};
  }
  // The unit that was asked; otherwise another whose answer is late.
  for (unsigned i = 0; i <= modbus::kLastUnit; ++i) {
    const auto unit = i == 0 ? probe.address[0] : static_cast<std::uint8_t>(i);
    auto found = modbus::rtu::find_reply_at_end(bytes, modbus_request(probe, unit));
    if (found) return {Search::Verdict::found, ModbusRound{{}, {std::move(found->frame)}, {}}, found->skipped, found->consumed};
  }
  return {};
}

struct FromMeter {
  bool operator()(const dlt645::Frame& frame) const { return (frame.control & dlt645::kFromMeter) != 0; }
  bool operator()(const cjt188::Frame& frame) const { return (frame.control & cjt188::kFromMeter) != 0; }
  bool operator()(const ModbusRound&) const { return true; }
};

/// What a CJ/T188 meter says of itself in 901F.
void read_metering(const cjt188::ReadReply& read, Said& said) {
  if (read.di != cjt188::kMetering) return;
  if (const auto total = cjt188::decode_total(read.value)) said.total = *total;
  if (read.value.size() == cjt188::kLongForm) said.status = base::to_hex(base::ByteView(read.value).last(2));
}

std::optional<Said> said_by(const Probe& probe, const dlt645::Frame& frame) {
  const auto edition = edition_of(probe.root.dialect);
  const auto decoded = dlt645::decode_reply(frame);
  if (!decoded || decoded->edition != edition || !frame.address.is_exact() || frame.address.is_broadcast()) return std::nullopt;
  Said said{.root = probe.root};
  std::ranges::copy(frame.address.wire, said.address.begin());
  said.fits = dlt645::answers(std::get<dlt645::Frame>(dlt645_request(probe)), frame);
  const auto* read = std::get_if<dlt645::ReadReply>(&decoded->reply);
  if (read == nullptr) return said;
  if (const auto energy = dlt645::decode_energy(read->di, read->value)) said.total = energy->total;
  if (read->di.value != dlt645::kStatusWord3.value) return said;
  if (const auto status = dlt645::decode_status_word_3(read->value)) said.state = dlt645::to_string(dlt645::relay_state(*status));
  return said;
}

std::optional<Said> said_by(const Probe& probe, const cjt188::Frame& frame) {
  const auto decoded = cjt188::decode_reply(frame, options_of(probe.root));
  // A reply that still carries AA names nobody.
  if (!decoded || frame.address.is_wildcard() || frame.meter_type == cjt188::kAnyType) return std::nullopt;
  Said said{.root = probe.root};
  said.root.meter_type = frame.meter_type;
  said.address = frame.address.wire;
  const cjt188::Address asked{probe.address};
  auto question = std::get<cjt188::Frame>(cjt188_request(probe));
  if (cjt188::abbreviates(asked, frame.address)) question.address = frame.address;
  said.fits = cjt188::answers(question, frame);
  if (const auto* read = std::get_if<cjt188::ReadReply>(&decoded->reply)) read_metering(*read, said);
  return said;
}

}  // namespace

std::string_view to_string(Dialect dialect) {
  switch (dialect) {
    case Dialect::dlt645_2007: return "dlt645-2007";
    case Dialect::dlt645_1997: return "dlt645-1997";
    case Dialect::cjt188_high_first:
    case Dialect::cjt188_low_first: return "cjt188";
    case Dialect::modbus: return "modbus";
  }
  return "unknown";
}

std::string text_of(Dialect dialect, const ScanAddress& address) {
  if (dialect == Dialect::modbus) return std::to_string(address[0]);
  return is_dlt645(dialect) ? dlt645_address(address).text() : cjt188::Address{address}.text();
}

Probe parent_of(Probe probe) {
  probe.address[--probe.digits] = kEverybody[0];
  return probe;
}

bool same_branch(const Probe& a, const Probe& b) {
  return a.root == b.root && a.digits == b.digits && a.address == b.address;
}

LineFrame request_of(const Probe& probe) {
  if (is_dlt645(probe.root.dialect)) return dlt645_request(probe);
  if (is_cjt188(probe.root.dialect)) return cjt188_request(probe);
  return ModbusRound{{modbus_request(probe, probe.address[0])}, {}, {}};
}

base::Bytes bytes_of(const Probe& probe) {
  return encode(request_of(probe), kMostPreamble).value_or(base::Bytes{});
}

bool has_frame(const Probe& probe, base::ByteView bytes) {
  return find_frame(bytes, request_of(probe)).verdict == Search::Verdict::found;
}

bool may_go_on(const Probe& probe, base::ByteView bytes) {
  return find_frame(bytes, request_of(probe)).verdict == Search::Verdict::more;
}

Heard hear(const Probe& probe, base::ByteView bytes, base::Millis last_byte) {
  Heard heard;
  heard.last_byte = last_byte;
  auto stray = [&](base::ByteView some) {
    heard.strays += static_cast<std::size_t>(std::ranges::count_if(some, [](auto b) { return b != std::byte{0xFE}; }));
  };
  while (!bytes.empty()) {
    auto found = search(probe, bytes);
    if (found.verdict != Search::Verdict::found) break;
    stray(bytes.first(found.skipped));
    bytes = bytes.subspan(found.consumed);
    heard.tail = bytes.empty() ? found.consumed - found.skipped : 0;
    if (std::visit(FromMeter{}, found.frame)) heard.frames.push_back(std::move(found.frame));
  }
  stray(bytes);
  return heard;
}

std::optional<Said> said_in(const Probe& probe, const LineFrame& frame) {
  if (const auto* one = std::get_if<dlt645::Frame>(&frame)) return is_dlt645(probe.root.dialect) ? said_by(probe, *one) : std::nullopt;
  if (const auto* one = std::get_if<cjt188::Frame>(&frame)) return is_cjt188(probe.root.dialect) ? said_by(probe, *one) : std::nullopt;
  const auto& round = std::get<ModbusRound>(frame);
  if (probe.root.dialect != Dialect::modbus || round.heard.empty()) return std::nullopt;
  Said said{.root = probe.root};
  said.address[0] = round.heard.front().unit;
  said.fits = said.address[0] == probe.address[0];
  return said;
}

}  // namespace anju::gateway
