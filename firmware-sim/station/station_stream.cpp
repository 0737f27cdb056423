#include "firmware-sim/station/station_stream.hpp"

#include <algorithm>
#include <iterator>
#include <utility>
#include <variant>

namespace anju::sim {

StationStream::StationStream(std::string epoch, std::int64_t first_seq, std::int64_t through, std::vector<Kept> events)
    : epoch_(std::move(epoch)),
      events_(std::make_move_iterator(events.begin()), std::make_move_iterator(events.end())),
      first_(first_seq),
      through_(through),
      known_(last_seq()),
      sent_(through) {}

StationStream::Kept StationStream::keep(const wire::Event& event) {
  Kept kept{wire::encode(event), 0, false};
  if (const auto* together = std::get_if<wire::ReadingsEvent>(&event)) {
    kept.readings = together->readings.size();
    kept.replaceable = std::ranges::all_of(
        together->readings, [](const wire::Reading& reading) { return reading.kind == wire::ReadingKind::interval; });
  }
  return kept;
}

std::optional<std::int64_t> StationStream::append(const wire::Event& event) {
  Kept kept = keep(event);
  const auto waiting = static_cast<std::size_t>(last_seq() - through_);
  if (kept.replaceable && waiting >= kMostWaiting) {
    not_taken_ += static_cast<std::int64_t>(kept.readings);
    return std::nullopt;
  }
  events_.push_back(std::move(kept));
  return last_seq();
}

void StationStream::connected(base::UtcMillis now) {
  connected_ = true;
  patience_ = kResendLeast;
  restart(now);
}

void StationStream::restart(base::UtcMillis now) {
  sent_ = through_;
  ends_.clear();
  progress_at_ = now;
}

StationStream::Heard StationStream::acknowledged(const wire::Ack& ack, base::UtcMillis now) {
  if (ack.epoch != epoch_) return Heard::nothing;
  if (ack.through > known_) return Heard::ended;
  positioned_ = true;
  Heard heard = Heard::nothing;
  if (ack.resend) {
    if (ack.through != through_ || now - asked_at_ >= kResendOnce) {
      asked_at_ = now;
      through_ = ack.through;
      restart(now);
      heard = Heard::again;
    }
  } else if (ack.through > through_) {
    through_ = ack.through;
    sent_ = std::max(sent_, through_);
    while (!ends_.empty() && ends_.front() <= through_) ends_.pop_front();
    progress_at_ = now;
    patience_ = kResendLeast;
    while (events_.size() > kKeptForResend && first_ <= through_) events_.pop_front(), ++first_;
    heard = Heard::moved;
  }
  return ack.over ? Heard::ended : heard;
}

void StationStream::renew(std::string epoch, base::UtcMillis now) {
  while (!events_.empty() && first_ <= through_) events_.pop_front(), ++first_;
  epoch_ = std::move(epoch);
  first_ = 1;
  through_ = 0;
  known_ = last_seq();
  positioned_ = false;
  restart(now);
}

std::optional<std::string> StationStream::next_batch(base::UtcMillis now) {
  if (!connected_ || !positioned_ || ends_.size() >= kMostBatches || sent_ >= last_seq()) return std::nullopt;
  // What a restored platform asks for may be gone: it is told so and goes on from what is kept.
  const std::int64_t from = std::max(sent_ + 1, first_);
  std::vector<std::string> texts;
  std::size_t readings = 0, bytes = 0;
  for (auto event = events_.begin() + (from - first_); event != events_.end(); ++event) {
    readings += event->readings;
    bytes += event->text.size() + 1;
    const bool full = texts.size() == kMostBatchEvents || readings > kMostBatchReadings || bytes > kMostBatchBytes;
    if (full && !texts.empty()) break;
    texts.push_back(event->text);
  }
  if (ends_.empty()) progress_at_ = now;
  const std::int64_t gone = sent_ + 1 < from ? sent_ + 1 : 0;
  sent_ = from + static_cast<std::int64_t>(texts.size()) - 1;
  known_ = std::max(known_, sent_);
  ends_.push_back(sent_);
  return wire::join_up(epoch_, from, texts, gone);
}

void StationStream::tick(base::UtcMillis now) {
  if (connected_ && !positioned_ && now - progress_at_ >= kPositionWait) positioned_ = true;
  if (!connected_ || ends_.empty() || now - progress_at_ < patience_) return;
  patience_ = std::min(patience_ * 2, kResendMost);
  restart(now);
}

}  // namespace anju::sim
