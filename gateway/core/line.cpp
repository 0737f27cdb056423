#include "gateway/core/line.hpp"

#include <algorithm>
#include <utility>

#include "gateway/core/errc.hpp"
#include "gateway/core/unasked.hpp"

namespace anju::gateway {
namespace {

template <class... F>
struct Overloaded : F... {
  using F::operator()...;
};

/// So many half characters, to the next millisecond.
base::Millis half_characters(std::size_t count, const SerialFormat& format) {
  return base::Millis((line_time_us(count, format) / 2 + 500) / 1000);
}
constexpr std::size_t kTurnRound = 2;  ///< until the transceiver that spoke has surely let go of the line
constexpr std::size_t kSilence = 7;    ///< t3.5

/// What a line has to be silent in front of this. Silence ends a frame of Modbus (Modbus over Serial Line V1.02, 2.5.1.1). The others tell their
/// length, and DL/T645-2007 5.3.3 asks for none: it guards the first 68 against what is left of the frame before, and the FE in front of it do so, too.
base::Millis silence_before(const Exchange& exchange, bool other_format) {
  const bool whole = other_format || is_anonymous(exchange.request);
  const auto covered = whole ? 0 : std::min(2 * exchange.preamble, kSilence - kTurnRound);
  return half_characters(kSilence - covered, exchange.format);
}

void append(base::Bytes& to, base::ByteView bytes, std::size_t most) {
  to.insert(to.end(), bytes.begin(), bytes.end());
  if (to.size() > most) to.erase(to.begin(), to.end() - static_cast<std::ptrdiff_t>(most));
}

}  // namespace

LineActions Line::step(LineEvent event, base::UtcMillis now) {
  if (now < last_now_) shift(now - last_now_);
  last_now_ = now;
  backoff_.advance(now);
  LineActions actions;
  std::visit(Overloaded{
                 [&](PortOpened&) {
                   if (state_ != State::closed) return;
                   state_ = State::idle;
                   why_closed_.clear();
                   buffer_.clear();
                   format_.reset();
                 },
                 [&](PortClosed& port) { closed(std::move(port.why), now, actions); },
                 [&](Received& arrived) { received(arrived.bytes, now, actions); },
                 [](Tick&) {},
                 [&](Hold& hold) {
                   if (holding_ == Holding::everything && hold.what != holding_) {
                     format_.reset();  // who had it may have set another, and spoken just now
                     heard_at_ = now;
                   }
                   holding_ = hold.what;
                 },
                 [&](Submit& submit) {
                   const Done full{submit.exchange.id, submit.exchange.device, base::fail(Errc::queue_full), now};
                   if (!queue_.push(std::move(submit.exchange))) actions.emplace_back(full);
                 },
                 [&](Withdraw& withdraw) {
                   for (auto& exchange : queue_.remove(withdraw.device)) {
                     actions.emplace_back(Done{exchange.id, exchange.device, base::fail(Errc::cancelled), now});
                   }
                   backoff_.forget(withdraw.device);
                   devices_.erase(withdraw.device);
                 },
             },
             event);
  passed(now, actions);
  return actions;
}

std::optional<base::UtcMillis> Line::wake() const {
  auto wake = queue_.first_expiry();
  auto also = [&wake](base::UtcMillis at) {
    if (!wake || at < *wake) wake = at;
  };
  switch (state_) {
    case State::closed: break;
    case State::idle:
      if (later_) also(*later_);
      break;
    case State::waiting: also(deadline()); break;
    case State::guard:
    case State::pause: also(until_); break;
  }
  return wake;
}

const Line::DeviceStatistics* Line::statistics(const base::DeviceId& device) const {
  const auto found = devices_.find(device);
  return found == devices_.end() ? nullptr : &found->second;
}

bool Line::was_heard(const base::DeviceId& device) const {
  const auto* known = statistics(device);
  return known != nullptr && known->last_seen.value > 0;
}

base::Millis Line::first_byte_deadline(const base::DeviceId& device) const {
  const auto* known = statistics(device);
  if (known == nullptr || known->delays.count() == 0) return kFirstByteStart;
  const bool trusted = known->delays.count() >= kLearnAfter && !known->late;
  const auto p99 = known->delays.percentile(99);
  const auto margin = std::max(base::Millis(200), base::Millis(p99.value / 2));
  return std::clamp(p99 + margin, trusted ? kFirstByteLeast : kFirstByteStart, kFirstByteMost);
}

base::UtcMillis Line::deadline() const {
  if (bad_) return last_byte_ + kBadFrameQuiet;
  if (buffer_.empty()) return first_deadline_;
  // A line that never falls silent (a stuck transmitter) must not hold the queue for ever.
  const auto most =
      first_deadline_ + line_time(longest_answer(asked()), current_->format) + kInterByte * 2;
  return std::min(std::max(first_deadline_, last_byte_ + kInterByte), most);
}

base::Millis Line::cost(const Exchange& exchange) const {
  return line_time(size_of(exchange.request, exchange.preamble), exchange.format) +
         (exchange.timeout.value > 0 ? exchange.timeout : first_byte_deadline(exchange.device)) + kGuard;
}

void Line::passed(base::UtcMillis now, LineActions& actions) {
  for (auto& exchange : queue_.remove_expired(now)) {
    // A retry was on the wire once: its asker must not believe that the device was left alone.
    const auto reason = exchange.tried > 0 ? Errc::no_answer : Errc::expired;
    actions.emplace_back(Done{exchange.id, exchange.device, base::fail(reason), now});
  }
  if (state_ == State::waiting && now >= deadline()) unanswered(false, now, actions);
  if ((state_ == State::guard || state_ == State::pause) && now >= until_) {
    if (state_ == State::guard) {
      statistics_.busy.add(guard_most_ - kGuardMost, now);
      const auto spent = (now - (guard_most_ - kGuardMost)).value;
      statistics_.busy_ms += spent;
      statistics_.wasted_ms += spent;
    }
    const bool goes_on = state_ == State::pause && follow_up_;
    state_ = State::idle;
    if (goes_on) send(now, actions);
  }
  if (state_ == State::idle) start_next(now, actions);
}

void Line::start_next(base::UtcMillis now, LineActions& actions) {
  while (state_ == State::idle) {
    later_.reset();
    if (holding_ == Holding::everything) return;
    const auto least = holding_ == Holding::polls ? Priority::control : Priority::poll;
    auto choice = queue_.next(now, backoff_, failed_, least, [this](const Exchange& exchange) { return cost(exchange); });
    later_ = choice.later;
    if (!choice.exchange) return;
    start(std::move(*choice.exchange), now, actions);
  }
}

void Line::start(Exchange exchange, base::UtcMillis now, LineActions& actions) {
  if (const auto quiet = heard_at_ + silence_before(exchange, format_ && *format_ != exchange.format); now < quiet) {
    queue_.put_back(std::move(exchange));
    state_ = State::pause;
    until_ = quiet;
    return;
  }
  failed_ = base::DeviceId();
  if (format_ != exchange.format) actions.emplace_back(SetFormat{exchange.format});
  format_ = exchange.format;
  if (exchange.priority == Priority::poll && backoff_.is_dead(exchange.device)) exchange.tries = 1;
  current_ = std::move(exchange);
  follow_up_.reset();
  parts_ = {};
  send(now, actions);
}

void Line::send(base::UtcMillis now, LineActions& actions) {
  sent_at_ = now;
  stamp(follow_up_ ? *follow_up_ : current_->request, ++transaction_);
  auto bytes = encode(asked(), current_->preamble);
  if (!bytes) {
    state_ = State::idle;
    follow_up_.reset();
    return finish(base::pass(bytes), actions);
  }
  if (!keeps_place(asked())) {
    actions.emplace_back(FlushInput{});
    buffer_.clear();
  }
  actions.emplace_back(Write{*bytes});
  request_end_ = now + line_time(bytes->size(), current_->format);
  first_deadline_ =
      request_end_ + (current_->timeout.value > 0 ? current_->timeout : first_byte_deadline(current_->device));
  sent_ = std::move(*bytes);
  heard_.clear();
  first_byte_.reset();
  bad_ = garbage_ = false;
  state_ = State::waiting;
}

const LineFrame& Line::asked() const {
  return follow_up_ ? *follow_up_ : current_->request;
}

void Line::received(base::ByteView bytes, base::UtcMillis now, LineActions& actions) {
  if (state_ != State::closed && current_ && keeps_place(current_->request)) return take_in_place(bytes, now, actions);
  switch (state_) {
    case State::closed: statistics_.stale_bytes += static_cast<std::int64_t>(bytes.size()); return;
    case State::idle:
    case State::pause:
      statistics_.stale_bytes += static_cast<std::int64_t>(bytes.size());
      // While somebody has the line, what comes is for him.
      if (holding_ == Holding::nothing) keep_unasked(traces_, traced_, current_ ? protocol_of(current_->request) : FrameProtocol::dlt645, bytes, now);
      return;
    case State::guard: swallow(bytes, now); return;
    case State::waiting: break;
  }
  if (!first_byte_) first_byte_ = now;
  last_byte_ = now;
  append(heard_, bytes, kTraceBytes);
  append(buffer_, bytes, kMostReceived);
  search(now, actions);
}

void Line::search(base::UtcMillis now, LineActions& actions) {
  while (!buffer_.empty()) {
    auto found = find_frame(buffer_, asked());
    if (found.verdict == Search::Verdict::more) return;
    if (found.verdict != Search::Verdict::found) {
      garbage_ = true;
      if (found.verdict == Search::Verdict::nothing) {
        buffer_.clear();
        first_byte_.reset();
      } else {
        bad_ = true;
      }
      return;
    }
    bad_ = false;
    if (answers(asked(), found.frame)) {
      statistics_.ok_line_us += line_time_us(sent_.size() + found.consumed - found.skipped, current_->format);
      answered(std::move(found.frame), now, actions);
      return;
    }
    // Another device's, a late one, or our own echo: it says nothing about what was asked, so the wait goes on.
    ++statistics_.mismatched;
    buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(found.consumed));
    first_byte_.reset();
    if (!buffer_.empty()) first_byte_ = now;
  }
}

/// Every message is taken from the front, whosever it is; what is not the answer to this sending is an old one and dropped.
void Line::take_in_place(base::ByteView bytes, base::UtcMillis now, LineActions& actions) {
  if (state_ == State::waiting) {
    if (!first_byte_) first_byte_ = now;
    last_byte_ = now;
    append(heard_, bytes, kTraceBytes);
  } else {
    (state_ == State::guard ? statistics_.late_bytes : statistics_.stale_bytes) += static_cast<std::int64_t>(bytes.size());
  }
  append(buffer_, bytes, kMostReceived);
  while (!buffer_.empty()) {
    auto found = find_frame(buffer_, asked());
    if (found.verdict == Search::Verdict::more) return;
    if (found.verdict != Search::Verdict::found) return lost_place(actions);
    buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(found.consumed));
    const bool ours = answers(asked(), found.frame);
    if (state_ == State::waiting && ours) {
      statistics_.ok_line_us += line_time_us(sent_.size() + found.consumed, current_->format);
      answered(std::move(found.frame), now, actions);
    } else if (state_ == State::waiting) {
      ++statistics_.mismatched;
      first_byte_.reset();
      if (!buffer_.empty()) first_byte_ = now;
    } else if (state_ == State::guard && ours && !current_->device.value.empty()) {
      devices_[current_->device].delays.add(now - request_end_);  // alive, only slower than we waited
    }
  }
}

void Line::lost_place(LineActions& actions) {
  buffer_.clear();
  actions.emplace_back(Reopen{"the other side does not speak Modbus TCP, or its answer broke off: check address and port; a transparent serial server is tcp://"});
}

void Line::answered(LineFrame frame, base::UtcMillis now, LineActions& actions) {
  if (says_nobody(frame)) return unanswered(true, now, actions);
  const auto delay = std::max(first_byte_.value_or(now) - request_end_, base::Millis(0));
  const bool refused = is_refusal(frame);
  if (!current_->device.value.empty()) {
    auto& device = devices_[current_->device];
    device.delays.add(delay);
    device.last_seen = now;
    device.late = false;
    ++(refused ? device.counts.refused : device.counts.ok);
  }
  ++(refused ? statistics_.counts.refused : statistics_.counts.ok);
  statistics_.delays.add(delay);
  statistics_.ok_delay_ms += delay.value;
  statistics_.busy.add(sent_at_, now);
  statistics_.busy_ms += (now - sent_at_).value;
  trace(refused ? "refused" : "ok", delay);
  follow_up_ = parts_.next(current_->request, frame);
  heard_at_ = now;
  until_ = now + (current_->pause.value > 0 ? current_->pause
                  : follow_up_              ? silence_before(*current_, false)
                                            : half_characters(kTurnRound, current_->format));
  state_ = State::pause;
  if (follow_up_) return;  // a device whose second part never comes is not there
  if (!current_->device.value.empty()) backoff_.succeeded(current_->device);
  finish(parts_.whole(current_->request, std::move(frame)), actions);
}

void Line::unanswered(bool told, base::UtcMillis now, LineActions& actions) {
  const bool in_place = keeps_place(asked());
  if (in_place && !told && !buffer_.empty()) lost_place(actions);
  garbage_ = !told && !in_place && (garbage_ || !buffer_.empty());
  const auto reason = garbage_ ? Errc::bad_frame : Errc::no_answer;
  auto count = [reason](Counts& counts) { ++(reason == Errc::bad_frame ? counts.bad_frames : counts.timeouts); };
  count(statistics_.counts);
  if (!current_->device.value.empty()) {
    auto& device = devices_[current_->device];
    count(device.counts);
    device.late = true;
  }
  statistics_.busy.add(sent_at_, now);
  statistics_.busy_ms += (now - sent_at_).value;
  statistics_.wasted_ms += (now - sent_at_).value;
  trace(std::string(to_string(reason)), base::Millis(0));
  guard_most_ = now + kGuardMost;
  // A probe of unknown addresses has waited as long as the standard allows, and nobody's late value can be confused.
  until_ = current_->device.value.empty() && !garbage_ ? now : now + kGuard;
  if (told) until_ = heard_at_ = now;  // somebody spoke: the silence that the next question needs begins now
  if (!told && is_anonymous(asked())) until_ = std::max(until_, request_end_ + kAnonymousQuiet);
  state_ = State::guard;
  failed_ = current_->device;
  follow_up_.reset();
  // Whoever orders something of a dead device wants to know, and does not put off when others are looked for. Nor does a scan of unknown addresses.
  if (current_->priority == Priority::poll && !current_->device.value.empty()) backoff_.lost((now - sent_at_) + kGuard);
  // Nobody knows whether there is such a device: it is looked for like a dead one, by probes that the others can afford.
  const bool looked_for = current_->priority == Priority::poll && !current_->device.value.empty() && reason == Errc::no_answer && !was_heard(current_->device);
  if (current_->tries > 1 && !looked_for) {
    --current_->tries;
    ++current_->tried;
    queue_.push_again(*current_);  // current_ stays for the guard time, so that a late reply can teach its delay
    return;
  }
  backoff_.failed(current_->device, current_->tried + 1, now);
  finish(base::fail(reason), actions);
}

void Line::swallow(base::ByteView bytes, base::UtcMillis now) {
  statistics_.late_bytes += static_cast<std::int64_t>(bytes.size());
  until_ = std::min(std::max(until_, now + kGuardQuiet), guard_most_);
  if (!first_byte_) first_byte_ = now;
  append(buffer_, bytes, kMostReceived);
  const auto found = find_frame(buffer_, asked());
  if (found.verdict != Search::Verdict::found || current_->device.value.empty() || !answers(asked(), found.frame)) return;
  // The value is not used: its asker was told otherwise. But the device is alive, only slower than we waited.
  devices_[current_->device].delays.add(*first_byte_ - request_end_);
  buffer_.clear();
  until_ = std::min(until_, now + kGuardQuiet);  // it was this that the quiet is for
}

void Line::closed(std::string why, base::UtcMillis now, LineActions& actions) {
  why_closed_ = std::move(why);
  if (state_ == State::waiting || (state_ == State::pause && follow_up_)) {
    trace(std::string(to_string(Errc::line_down)), base::Millis(0));
    statistics_.busy.add(sent_at_, now);
    statistics_.busy_ms += (now - sent_at_).value;
    finish(base::fail(Errc::line_down, why_closed_), actions);
  }
  state_ = State::closed;
}

void Line::finish(Outcome outcome, LineActions& actions) {
  actions.emplace_back(Done{current_->id, current_->device, std::move(outcome), sent_at_});
}

void Line::trace(std::string outcome, base::Millis delay) {
  if (traces_.size() == kTraces) traces_.pop_front();
  traces_.push_back(Trace{sent_at_, current_->device, protocol_of(current_->request), sent_, heard_, std::move(outcome), delay, ++traced_});
}

void Line::shift(base::Millis by) {
  for (auto* at : {&sent_at_, &request_end_, &first_deadline_, &last_byte_, &heard_at_, &until_, &guard_most_}) *at = *at + by;
  if (first_byte_) *first_byte_ = *first_byte_ + by;
  if (later_) *later_ = *later_ + by;
  backoff_.shift(by);
}

}  // namespace anju::gateway
