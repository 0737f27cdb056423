#pragma once

// What a meter's account must hold, computed from the good readings as a whole and not step by step: prices times the difference of
// two registers per stretch of equal prices. Shares no code with the ledger. Registers are unwrapped here, so there is no rollover.

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace anju::platform::model {

__extension__ using int128 = __int128;

struct Prices {
  bool tou = false;
  std::int64_t total = 0;                ///< 1e-5 yuan per kWh
  std::array<std::int64_t, 4> parts{};
};

/// Prices that hold from a moment on.
struct Piece {
  std::int64_t from = 0;  ///< ms
  int version = 0;
};

/// A reading that counts, in 1e-4 kWh, or a person's word (`decided`: energy to bill; registers start anew from it).
struct Good {
  int version = 0;             ///< that held just before it
  std::int64_t at = 0;         ///< ms
  std::vector<Piece> pieces;   ///< that began between the reading before it and it, if any, after the one that held there
  std::int64_t total = 0;
  std::optional<std::array<std::int64_t, 4>> tariffs;
  std::optional<std::int64_t> decided;
};

/// What four parts of a use cost that lies in (from, to], when it is spread evenly over time.
inline int128 spread(const std::array<std::int64_t, 4>& parts, std::int64_t from, const Good& to, const std::vector<Prices>& versions) {
  int128 nano = 0;
  for (std::size_t k = 0; k < 4; ++k) {
    std::int64_t dealt = 0;
    for (std::size_t i = 0; i < to.pieces.size(); ++i) {
      const bool last = i + 1 == to.pieces.size();
      const int128 product = int128{parts[k]} * (last ? to.at - from : to.pieces[i + 1].from - from);
      int128 upto = product / (to.at - from);
      if (product % (to.at - from) < 0) --upto;
      const Prices& prices = versions.at(static_cast<std::size_t>(to.pieces[i].version));
      nano += int128{prices.tou ? prices.parts[k] : prices.total} * (static_cast<std::int64_t>(upto) - dealt);
      dealt = static_cast<std::int64_t>(upto);
    }
  }
  return nano;
}

/// Exact value in nano-yuan of all that was used since `start`.
inline int128 worth(const Good& start, const std::vector<Good>& goods, const std::vector<Prices>& versions) {
  constexpr std::size_t kFlat = 2;
  int128 nano = 0;
  Good from = start;             // the register that energy is counted from
  auto known = start.tariffs;    // where the four stood when they were last known
  std::int64_t ahead = 0;        // billed as flat since then
  for (std::size_t i = 0; i < goods.size();) {
    const Prices& prices = versions.at(static_cast<std::size_t>(goods[i].version));
    if (goods[i].decided) {
      nano += goods[i].pieces.empty() ? int128{prices.tou ? prices.parts[kFlat] : prices.total} * *goods[i].decided
                                      : spread({0, 0, *goods[i].decided, 0}, from.at, goods[i], versions);
      from = goods[i];
      known = goods[i].tariffs;
      ahead = 0;
      ++i;
      continue;
    }
    if (!goods[i].pieces.empty()) {
      // The prices changed since the reading before it.
      const Good& good = goods[i];
      const std::int64_t step = good.total - from.total;
      std::array<std::int64_t, 4> parts{0, 0, step, 0};
      const bool by_four = std::any_of(good.pieces.begin(), good.pieces.end(), [&](const Piece& piece) { return versions.at(static_cast<std::size_t>(piece.version)).tou; });
      if (by_four && ahead > 1000 && (i == 0 || goods[i - 1].version != good.version)) known.reset();
      if (by_four && known && !good.tariffs) {
        ahead += step;
      } else {
        for (std::size_t k = 0; k < 4 && by_four && known; ++k) {
          const std::int64_t part = (*good.tariffs)[k] - (*known)[k];
          parts[k] += part;
          parts[kFlat] -= part;
        }
        known = good.tariffs;
        ahead = 0;
      }
      nano += spread(parts, from.at, good, versions);
      from = good;
      ++i;
      continue;
    }
    // One stretch: the same prices, no decision between.
    std::size_t end = i;
    while (end < goods.size() && !goods[end].decided && goods[end].pieces.empty() && goods[end].version == goods[i].version) ++end;
    const Good& last = goods[end - 1];
    if (!prices.tou) {
      nano += int128{prices.total} * (last.total - from.total);
      known = last.tariffs;
      ahead = 0;
    } else {
      const bool same_as_before = i > 0 && goods[i - 1].version == goods[i].version;
      if (ahead > 1000 && !same_as_before) known.reset();  // paid at other prices: the four are measured anew
      std::int64_t since = from.total - (known ? ahead : 0);
      int128 paid_ahead = known ? int128{prices.parts[kFlat]} * ahead : int128{0};
      std::size_t next = i;
      if (!known) {
        while (next < end && !goods[next].tariffs) ++next;
        const std::int64_t upto = next < end ? goods[next].total : last.total;
        nano += int128{prices.parts[kFlat]} * (upto - from.total);
        since = upto;
        if (next < end) known = goods[next].tariffs;
        ahead = 0;
        paid_ahead = 0;
      }
      if (known) {
        const Good* newest = nullptr;
        for (std::size_t k = next; k < end; ++k) {
          if (goods[k].tariffs) newest = &goods[k];
        }
        std::int64_t split_until = since;
        if (newest != nullptr) {
          std::int64_t explained = 0;
          for (std::size_t k = 0; k < 4; ++k) {
            const std::int64_t part = (*newest->tariffs)[k] - (*known)[k];
            explained += part;
            nano += int128{prices.parts[k]} * part;
          }
          nano += int128{prices.parts[kFlat]} * (newest->total - since - explained) - paid_ahead;
          known = newest->tariffs;
          split_until = newest->total;
          ahead = 0;
        }
        const std::int64_t rest = last.total - std::max(split_until, newest == nullptr ? from.total : split_until);
        nano += int128{prices.parts[kFlat]} * rest;
        ahead += rest;
      }
    }
    from = last;
    i = end;
  }
  return nano;
}

inline std::int64_t floor_micro(int128 nano) {
  int128 micro = nano / 1000;
  if (nano % 1000 < 0) --micro;
  return static_cast<std::int64_t>(micro);
}

}  // namespace anju::platform::model
