#include "firmware-sim/devices/line.hpp"

#include <algorithm>
#include <utility>

#include "protocols/modbus/rtu.hpp"

namespace anju::sim {
namespace {

constexpr std::size_t kMaxHeard = 2 * dlt645::kMaxFrame;
constexpr std::byte kEnd{0x16};
/// Silence that ends a frame of Modbus is 3.5 characters. A computer that writes a request in two goes is later than that now and then.
constexpr std::int64_t kEndOfModbusFrameUs = 20'000;

constexpr std::int64_t micros(base::Millis span) {
  return span.value * 1000;
}

}  // namespace

Line::Line(std::string name, WireFormat format, std::vector<Meter> meters, std::vector<Cjt188Meter> water_meters, std::vector<ModbusMeter> modbus_meters)
    : name_(std::move(name)),
      format_(format),
      meters_(std::move(meters)),
      water_meters_(std::move(water_meters)),
      modbus_meters_(std::move(modbus_meters)),
      master_(format) {}

bool Line::anybody_hears(const WireFormat& master) const {
  const auto hears = [&](const auto& meter) { return meter.setup().format.value_or(format_).hears(master); };
  // A line without a meter has a format all the same: what is sent in it is no garbage.
  return format_.hears(master) || std::ranges::any_of(meters_, hears) || std::ranges::any_of(water_meters_, hears) || std::ranges::any_of(modbus_meters_, hears);
}

void Line::on_master_bytes(base::ByteView bytes, std::int64_t now_us, WireFormat master) {
  if (master.baud == 0) master.baud = format_.baud + 1;  // a speed that no meter speaks
  master_ = master;
  statistics_.bytes_in += static_cast<std::int64_t>(bytes.size());
  const std::int64_t start_us = std::max(now_us, from_master_.busy_until_us());
  const bool heard = anybody_hears(master);
  base::Bytes sent(bytes.begin(), bytes.end());
  for (std::size_t i = 0; i < sent.size() && !heard; ++i) sent[i] = garbled(sent[i], i);
  if (!heard) statistics_.wrong_baud_bytes += static_cast<std::int64_t>(bytes.size());
  from_master_.send(sent, start_us, character_us(master), master);
}

base::Bytes Line::advance(std::int64_t now_us) {
  while (const WireByte* byte = from_master_.arrived(now_us)) {
    const WireByte heard = *byte;
    from_master_.pop();
    hear(heard);
  }
  base::Bytes received;
  while (const WireByte* byte = from_meters_.arrived(now_us)) {
    received.push_back(master_.hears(byte->format) ? byte->value : garbled(byte->value, received.size()));
    from_meters_.pop();
  }
  statistics_.bytes_out += static_cast<std::int64_t>(received.size());
  return received;
}

void Line::hear(const WireByte& byte) {
  if (byte.start_us < exchange_until_us_) {
    ++statistics_.overlaps;
    exchange_until_us_ = 0;  // counted once per request
  }
  const std::int64_t silence_us = byte.start_us - heard_until_us_;
  if (silence_us > micros(kLongestGap) || !byte.format.hears(heard_in_)) heard_.clear();
  if (silence_us > kEndOfModbusFrameUs || heard_.empty()) burst_at_ = heard_.size();
  heard_until_us_ = byte.end_us;
  heard_in_ = byte.format;

  // While a meter is sending, the master's byte is lost to everybody.
  const bool disturbed = from_meters_.disturb(byte.start_us, byte.end_us) > 0;
  if (heard_.size() == kMaxHeard) {
    heard_.erase(heard_.begin());
    if (burst_at_ > 0) --burst_at_;
  }
  heard_.push_back(disturbed ? garbled(byte.value, heard_.size()) : byte.value);

  if (hear_modbus(byte) || heard_.back() != kEnd) return;
  // Each meter knows its own protocol; bytes that are a frame of both (a coincidence of lengths) are heard by both kinds.
  const auto electricity = dlt645::find_frame(heard_);
  const auto water = cjt188::find_frame(heard_);
  if (!electricity && !water) return;
  heard_.clear();
  ++statistics_.requests;
  Answers answers{.quiet_until_us = byte.end_us + micros(kResponseWindow)};
  if (electricity) answer(meters_, electricity->frame, byte, answers);
  if (water) answer(water_meters_, water->frame, byte, answers);
  const bool broadcast = electricity && electricity->frame.address.is_broadcast();
  exchange_until_us_ = broadcast ? 0 : answers.quiet_until_us;
}

bool Line::hear_modbus(const WireByte& last) {
  if (modbus_meters_.empty()) return false;
  const auto burst = base::ByteView(heard_).subspan(std::min(burst_at_, heard_.size()));
  const auto asked = modbus::rtu::find_request_at_end(burst);
  if (!asked || asked->skipped != 0 || asked->consumed != burst.size()) return false;
  heard_.clear();
  ++statistics_.requests;
  // How long a device may take is in no standard: one that is silent is not waited for.
  Answers answers{.quiet_until_us = 0};
  answer(modbus_meters_, asked->frame, last, answers);
  exchange_until_us_ = answers.quiet_until_us;
  return true;
}

template <class Meters, class Frame>
void Line::answer(Meters& meters, const Frame& request, const WireByte& last, Answers& answers) {
  for (auto& meter : meters) {
    const WireFormat format = meter.setup().format.value_or(format_);
    if (!format.hears(last.format)) continue;
    const auto reply = meter.on_frame(request, base::UtcMillis(last.end_us / 1000));
    if (!reply) continue;
    const std::int64_t start_us = last.end_us + micros(reply->delay);
    const std::size_t met = from_meters_.send(reply->bytes, start_us, character_us(format), format);
    ++statistics_.replies;
    if (met > 0) ++statistics_.collisions;
    if (reply->delay > kResponseWindow) continue;  // the master need not wait for it
    const std::int64_t last_us = start_us + static_cast<std::int64_t>(reply->bytes.size()) * character_us(format);
    answers.quiet_until_us = answers.in_time ? std::max(answers.quiet_until_us, last_us) : last_us;
    answers.in_time = true;
  }
}

std::optional<std::int64_t> Line::next_event_us() const {
  std::optional<std::int64_t> next;
  if (!from_master_.empty()) next = from_master_.busy_until_us();
  if (!from_meters_.empty()) {
    const std::int64_t out = std::min(from_meters_.burst_end_us(), from_meters_.front().end_us + kGatherUs);
    next = next ? std::min(*next, out) : out;
  }
  return next;
}

}  // namespace anju::sim
