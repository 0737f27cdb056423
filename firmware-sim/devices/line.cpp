#include "firmware-sim/devices/line.hpp"

#include <algorithm>
#include <utility>

namespace anju::sim {
namespace {

constexpr std::size_t kMaxHeard = 2 * dlt645::kMaxFrame;
constexpr std::byte kEnd{0x16};

constexpr std::int64_t micros(base::Millis span) {
  return span.value * 1000;
}

}  // namespace

Line::Line(std::string name, std::uint32_t baud, std::vector<Meter> meters, std::vector<Cjt188Meter> water_meters)
    : name_(std::move(name)),
      baud_(baud),
      meters_(std::move(meters)),
      water_meters_(std::move(water_meters)),
      master_baud_(baud) {}

void Line::on_master_bytes(base::ByteView bytes, std::int64_t now_us, std::uint32_t master_baud) {
  master_baud_ = master_baud;
  statistics_.bytes_in += static_cast<std::int64_t>(bytes.size());
  const std::int64_t start_us = std::max(now_us, from_master_.busy_until_us());
  const std::int64_t per_character_us = character_us(master_baud == 0 ? baud_ : master_baud);
  if (master_baud == baud_) {
    from_master_.send(bytes, start_us, per_character_us);
    return;
  }
  statistics_.wrong_baud_bytes += static_cast<std::int64_t>(bytes.size());
  base::Bytes garbage(bytes.begin(), bytes.end());
  for (std::size_t i = 0; i < garbage.size(); ++i) garbage[i] = garbled(garbage[i], i);
  from_master_.send(garbage, start_us, per_character_us);
}

base::Bytes Line::advance(std::int64_t now_us) {
  while (const WireByte* byte = from_master_.arrived(now_us)) {
    const WireByte heard = *byte;
    from_master_.pop();
    hear(heard);
  }
  base::Bytes received;
  while (const WireByte* byte = from_meters_.arrived(now_us)) {
    received.push_back(master_baud_ == baud_ ? byte->value : garbled(byte->value, received.size()));
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
  if (byte.start_us - heard_until_us_ > micros(kLongestGap)) heard_.clear();
  heard_until_us_ = byte.end_us;

  // While a meter is sending, the master's byte is lost to everybody.
  const bool disturbed = from_meters_.disturb(byte.start_us, byte.end_us) > 0;
  if (heard_.size() == kMaxHeard) heard_.erase(heard_.begin());
  heard_.push_back(disturbed ? garbled(byte.value, heard_.size()) : byte.value);

  if (heard_.back() != kEnd) return;
  // Each meter knows its own protocol; bytes that are a frame of both (a coincidence of lengths) are heard by both kinds.
  const auto electricity = dlt645::find_frame(heard_);
  const auto water = cjt188::find_frame(heard_);
  if (!electricity && !water) return;
  heard_.clear();
  ++statistics_.requests;
  Answers answers{.quiet_until_us = byte.end_us + micros(kResponseWindow)};
  if (electricity) answer(meters_, electricity->frame, byte.end_us, answers);
  if (water) answer(water_meters_, water->frame, byte.end_us, answers);
  const bool broadcast = electricity && electricity->frame.address.is_broadcast();
  exchange_until_us_ = broadcast ? 0 : answers.quiet_until_us;
}

template <class Meters, class Frame>
void Line::answer(Meters& meters, const Frame& request, std::int64_t end_us, Answers& answers) {
  for (auto& meter : meters) {
    const auto reply = meter.on_frame(request, base::UtcMillis(end_us / 1000));
    if (!reply) continue;
    const std::int64_t start_us = end_us + micros(reply->delay);
    const std::size_t met = from_meters_.send(reply->bytes, start_us, character_us(baud_));
    ++statistics_.replies;
    if (met > 0) ++statistics_.collisions;
    if (reply->delay > kResponseWindow) continue;  // the master need not wait for it
    const std::int64_t last_us = start_us + static_cast<std::int64_t>(reply->bytes.size()) * character_us(baud_);
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
