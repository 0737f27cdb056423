#include "gateway/core/upgrade_order.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace anju::gateway {
namespace {

using wire::UpgradeStep;

UpgradeStep step_of(UpgradeResult result) {
  switch (result) {
    case UpgradeResult::installed: return UpgradeStep::installed;
    case UpgradeResult::rolled_back: return UpgradeStep::rolled_back;
    case UpgradeResult::refused: return UpgradeStep::refused;
  }
  return UpgradeStep::refused;
}

/// What was fetched is not what was ordered.
bool is_another_file(std::string_view reason) {
  constexpr std::array<std::string_view, 3> kReasons{"damaged", "not_a_release", "bad_manifest"};
  return std::ranges::find(kReasons, reason) != kReasons.end();
}

/// The same question gets the same answer.
bool is_final(std::string_view reason) {
  return is_another_file(reason) || reason == "bad_uri";
}

base::Millis pause_after(int idle_tries) {
  base::Millis pause = kFirstPause;
  for (int i = 1; i < idle_tries && pause < kLongestPause; ++i) pause = pause * 2;
  return std::min(pause, kLongestPause);
}

}  // namespace

std::string_view reason_of_fetch(std::string_view code, bool resumed) {
  return resumed && is_another_file(code) ? kResumedWrong : code;
}

UpgradeOrders::UpgradeOrders(std::optional<OrderRecord> kept) : record_(kept), durable_(std::move(kept)) {
  if (record_ && record_->step == UpgradeStep::waiting) trouble_ = record_->reason;
}

std::optional<wire::UpgradeProgress> UpgradeOrders::progress() const {
  if (!record_) return std::nullopt;
  return wire::UpgradeProgress{record_->order, record_->version, record_->step, record_->reason, record_->bytes, {}};
}

bool UpgradeOrders::is_fetched() const {
  return record_ && (record_->step == UpgradeStep::waiting || record_->step == UpgradeStep::downloading);
}

void UpgradeOrders::set(UpgradeStep step, std::string_view reason) {
  record_->step = step;
  record_->reason = reason;
}

void UpgradeOrders::end_fetch(OrderActions& out) {
  if (std::exchange(fetching_, false)) out.stop_fetch = true;
}

/// What fetches may have made its offer in the very instant in which it is stopped, and the launcher may be unpacking that: what came of the order is
/// known once the launcher has had its time.
void UpgradeOrders::stop_and_wait(OrderActions& out, base::UtcMillis now) {
  end_fetch(out);
  out.forget_offer = record_->order;
  set(UpgradeStep::offered, {});
  gone_since_ = now;
}

OrderActions UpgradeOrders::look(const OrderFacts& facts, base::UtcMillis now) {
  OrderActions out;
  spend(facts, now);
  take_end(facts, now, out);
  follow_launcher(facts, facts.offered, now);
  if (facts.archive) compare(facts, now, out);
  limit(now, out);
  if (is_fetched()) fetch(facts, now, out);
  // The launcher may have taken it at the box, before or while it was fetched here.
  if (fetching_ && !is_fetched()) end_fetch(out);
  had_ = out.forget_download ? 0 : facts.have;
  if (is_fetched()) record_->bytes = size_ > 0 ? std::min(had_, size_) : had_;
  out.keep = must_keep();
  const bool another = !told_ != !record_ || (told_ && (told_->order != record_->order || told_->step != record_->step || told_->reason != record_->reason));
  const bool moved = record_ && told_ && told_->bytes != record_->bytes && (!told_at_ || now - *told_at_ >= kTellProgress);
  if (another || moved) {
    out.tell = true;
    told_ = record_;
    told_at_ = now;
  }
  return out;
}

/// Time and bytes. A download that shrank began anew: what is there now came again.
void UpgradeOrders::spend(const OrderFacts& facts, base::UtcMillis now) {
  if (!looked_) looked_ = now;
  const std::int64_t seconds = std::max<std::int64_t>((now - *looked_).value / base::seconds(1).value, 0);
  looked_ = *looked_ + base::seconds(seconds);  // what is left of a second waits for the next look
  if (!is_fetched()) return;
  record_->spent_s += seconds;
  if (!fetching_) return;
  const std::int64_t fresh = facts.have >= had_ ? facts.have - had_ : facts.have;
  record_->received += fresh;
  if (fresh > 0) progressed_ = true, trouble_.clear();
}

void UpgradeOrders::take_end(const OrderFacts& facts, base::UtcMillis now, OrderActions& out) {
  if (!facts.ended || !std::exchange(fetching_, false) || !is_fetched()) return;
  const std::string& reason = facts.ended->reason;
  if (reason.empty()) {
    set(UpgradeStep::offered, {});
    gone_since_.reset();
    if (size_ > 0) record_->bytes = size_;
    return;
  }
  if (is_final(reason)) {
    set(UpgradeStep::failed, reason);
    out.forget_download = true;
    return;
  }
  trouble_ = reason;
  set(UpgradeStep::waiting, reason);
  idle_tries_ = progressed_ ? 1 : idle_tries_ + 1;
  next_try_ = now + pause_after(idle_tries_);
}

/// Its word about this order counts, whatever was thought of it here.
void UpgradeOrders::follow_launcher(const OrderFacts& facts, bool offered, base::UtcMillis now) {
  if (!record_ || is_over(record_->step)) return;
  const auto& [current, trial, last] = facts.state;
  if (last && last->order == record_->order) return set(step_of(last->result), last->reason);
  if (trial && trial->order == record_->order) return set(UpgradeStep::trial, facts.blocked);
  // This program may have ended between the offer and its word about it.
  if (is_fetched()) return offered && !fetching_ ? set(UpgradeStep::offered, {}) : void();
  if (offered) return gone_since_.reset();
  if (!gone_since_) gone_since_ = now;
  if (now - *gone_since_ < kOfferGrace) return;
  if (withdrawn_) return record_.reset();
  set(UpgradeStep::failed, given_up_.empty() ? kOfferLost : std::string_view(given_up_));
}

void UpgradeOrders::compare(const OrderFacts& facts, base::UtcMillis now, OrderActions& out) {
  const auto& wanted = facts.wanted;
  const bool same = record_ && wanted && record_->order == wanted->order;
  if (same) {
    size_ = wanted->size;
    if (record_->step == UpgradeStep::offered || record_->step == UpgradeStep::trial) record_->bytes = size_;
    return;
  }
  if (record_ && !is_over(record_->step)) {
    // One that nobody can judge does not end by itself: another order does it.
    if (record_->step == UpgradeStep::trial && facts.blocked.empty()) return;
    if (record_->step == UpgradeStep::offered) {
      // The launcher may be unpacking it this instant: it is given up once it is known not to have been taken.
      if (!std::exchange(withdrawn_, true)) out.forget_offer = record_->order, gone_since_ = now;
      return;
    }
    out.forget_download = true;
    if (fetching_) {
      withdrawn_ = true;
      return stop_and_wait(out, now);
    }
    record_.reset();
  }
  if (!wanted) return;
  if (record_ && (!told_ || !is_over(told_->step) || now - *told_at_ < kHeardAfter)) return;
  begin(*wanted);
  if (!facts.launcher) return set(UpgradeStep::refused, kNoLauncher);
  follow_launcher(facts, false, now);  // whose offer lies there was asked about the order before
}

void UpgradeOrders::begin(const wire::ReleaseOrder& wanted) {
  record_ = OrderRecord{wanted.order, wanted.version};
  size_ = wanted.size;
  fetching_ = withdrawn_ = progressed_ = false;
  idle_tries_ = 0;
  trouble_.clear();
  given_up_.clear();
  next_try_.reset();
  gone_since_.reset();
}

/// A network that brings a file to its end never, and begins it again and again, is not paid for for ever.
void UpgradeOrders::limit(base::UtcMillis now, OrderActions& out) {
  if (!is_fetched()) return;
  const bool all_spent = base::seconds(record_->spent_s) >= kMostTrying;
  const bool all_received = size_ > 0 && record_->received >= kMostTimesSize * size_;
  if (!all_spent && !all_received) return;
  out.forget_download = true;
  given_up_ = all_received ? kDataLimit : trouble_.empty() ? kTooSlow : std::string_view(trouble_);
  if (fetching_) return stop_and_wait(out, now);
  set(UpgradeStep::failed, given_up_);
}

void UpgradeOrders::fetch(const OrderFacts& facts, base::UtcMillis now, OrderActions& out) {
  if (fetching_ || !facts.archive || !facts.wanted || !facts.launcher) return;
  if (facts.state.trial && facts.blocked.empty()) return set(UpgradeStep::waiting, kTrialRunning);
  if (record_->version == facts.running) return set(UpgradeStep::installed, {});
  if (record_->version < facts.running) return set(UpgradeStep::refused, to_string(wire::ReleaseErrc::not_newer));
  if (next_try_ && now < *next_try_) return;
  set(UpgradeStep::downloading, {});
  fetching_ = true;
  progressed_ = false;
  out.fetch = facts.wanted;
}

/// The step at once; the two accounts now and then, because the disk is a memory card.
bool UpgradeOrders::must_keep() const {
  if (!record_ || !durable_) return record_.has_value() != durable_.has_value();
  const bool same = record_->order == durable_->order && record_->version == durable_->version && record_->step == durable_->step && record_->reason == durable_->reason;
  return !same || record_->received - durable_->received >= kKeepEvery_bytes || record_->spent_s - durable_->spent_s >= kKeepEvery_s;
}

}  // namespace anju::gateway
