#include "protocols/dlt645/identifier.hpp"

#include <algorithm>
#include <array>

namespace anju::dlt645 {
namespace {

constexpr std::uint8_t kMaxTariffItems = 64;  // total and at most 63 tariffs

constexpr DataId y2007(std::uint32_t value) {
  return {.value = value, .edition = Edition::y2007};
}
constexpr DataId y1997(std::uint32_t value) {
  return {.value = value, .edition = Edition::y1997};
}

enum class Sign : bool { none, top_bit };

constexpr Identifier number(DataId first, std::string_view name, std::uint8_t bytes, std::uint8_t decimals, Unit unit,
                            Sign sign = Sign::none) {
  Identifier row;
  row.first = row.last = first;
  row.name = name;
  row.form = Form::number;
  row.bytes = bytes;
  row.decimals = decimals;
  row.unit = unit;
  row.is_signed = sign == Sign::top_bit;
  return row;
}

constexpr Identifier other(DataId first, std::string_view name, Form form, std::uint8_t bytes) {
  Identifier row;
  row.first = row.last = first;
  row.name = name;
  row.form = form;
  row.bytes = bytes;
  return row;
}

constexpr Identifier up_to(std::uint32_t last, Identifier row) {
  row.last.value = last;
  return row;
}

constexpr Identifier block(std::uint8_t min_items, std::uint8_t max_items, Identifier row) {
  row.min_items = min_items;
  row.max_items = max_items;
  return row;
}

constexpr Identifier means(std::uint32_t in_2007, Identifier row) {
  row.in_2007 = in_2007;
  return row;
}

constexpr Identifier energy(DataId first, std::string_view name, Unit unit = Unit::kwh, Sign sign = Sign::none) {
  return number(first, name, 4, 2, unit, sign);
}

constexpr std::array kTable{
    // Energy, XXXXXX.XX. Combined values carry a sign (from memory: the standard gives them up to 799999.99).
    energy(y2007(0x00000000), "combined active energy, total", Unit::kwh, Sign::top_bit),
    energy(y2007(0x00010000), "forward active energy, total"),
    energy(y2007(0x00010100), "forward active energy, sharp"),
    energy(y2007(0x00010200), "forward active energy, peak"),
    energy(y2007(0x00010300), "forward active energy, flat"),
    energy(y2007(0x00010400), "forward active energy, valley"),
    block(1, kMaxTariffItems, energy(y2007(0x0001FF00), "forward active energy, total and tariffs")),
    up_to(0x0001000C, energy(y2007(0x00010001), "forward active energy, past settlement day")),
    energy(y2007(0x00020000), "reverse active energy, total"),
    energy(y2007(0x00030000), "combined reactive energy 1, total", Unit::kvarh, Sign::top_bit),
    energy(y2007(0x00040000), "combined reactive energy 2, total", Unit::kvarh, Sign::top_bit),
    // Prepayment inside the meter; the two overdrafts are from memory.
    energy(y2007(0x00900100), "remaining energy"),
    energy(y2007(0x00900101), "overdraft energy"),
    energy(y2007(0x00900200), "remaining money", Unit::yuan),
    energy(y2007(0x00900201), "overdraft money", Unit::yuan),
    // Momentary values.
    number(y2007(0x02010100), "voltage A", 2, 1, Unit::volt),
    number(y2007(0x02010200), "voltage B", 2, 1, Unit::volt),
    number(y2007(0x02010300), "voltage C", 2, 1, Unit::volt),
    block(1, 3, number(y2007(0x0201FF00), "voltage A B C", 2, 1, Unit::volt)),
    number(y2007(0x02020100), "current A", 3, 3, Unit::ampere, Sign::top_bit),
    number(y2007(0x02020200), "current B", 3, 3, Unit::ampere, Sign::top_bit),
    number(y2007(0x02020300), "current C", 3, 3, Unit::ampere, Sign::top_bit),
    block(1, 3, number(y2007(0x0202FF00), "current A B C", 3, 3, Unit::ampere, Sign::top_bit)),
    number(y2007(0x02030000), "active power, total", 3, 4, Unit::kw, Sign::top_bit),
    number(y2007(0x02030100), "active power A", 3, 4, Unit::kw, Sign::top_bit),
    number(y2007(0x02030200), "active power B", 3, 4, Unit::kw, Sign::top_bit),
    number(y2007(0x02030300), "active power C", 3, 4, Unit::kw, Sign::top_bit),
    block(1, 4, number(y2007(0x0203FF00), "active power, total A B C", 3, 4, Unit::kw, Sign::top_bit)),
    number(y2007(0x02040000), "reactive power, total", 3, 4, Unit::kvar, Sign::top_bit),
    number(y2007(0x02050000), "apparent power, total", 3, 4, Unit::kva),
    number(y2007(0x02060000), "power factor, total", 2, 3, Unit::none, Sign::top_bit),
    number(y2007(0x02800001), "neutral current", 3, 3, Unit::ampere),
    number(y2007(0x02800002), "grid frequency", 2, 2, Unit::hertz),
    number(y2007(0x02800020), "current price", 4, 4, Unit::yuan_per_kwh),
    other(y2007(0x028011FF), "vendor real-time block", Form::opaque, 0),
    // Events; the lengths of the counters and of the record are from memory.
    number(y2007(0x03110000), "power loss count", 3, 0, Unit::none),
    block(2, 2, other(y2007(0x03110001), "last power loss, begin and end", Form::moment, 6)),
    number(y2007(0x03300400), "clock set count", 3, 0, Unit::none),
    // Parameters.
    other(y2007(0x04000101), "date and weekday", Form::day, 4),
    other(y2007(0x04000102), "time of day", Form::time_of_day, 3),
    other(y2007(0x04000401), "communication address", Form::digits, 6),
    other(y2007(0x04000402), "meter number", Form::digits, 6),
    up_to(0x04000507, other(y2007(0x04000501), "status word", Form::word, 2)),
    block(7, 7, other(y2007(0x040005FF), "status words 1 to 7", Form::word, 2)),
    up_to(0x04000705, other(y2007(0x04000701), "baud word of a port", Form::baud_word, 1)),
    // Frozen values; how far back each kind reaches is from memory.
    up_to(0x0500013C, block(1, kMaxTariffItems, energy(y2007(0x05000101), "timed freeze, forward active energy"))),
    up_to(0x05010103, block(1, kMaxTariffItems, energy(y2007(0x05010101), "instant freeze, forward active energy"))),
    up_to(0x050401FE, block(1, kMaxTariffItems, energy(y2007(0x05040101), "hourly freeze, forward active energy"))),
    up_to(0x0506003E, other(y2007(0x05060001), "daily freeze, time", Form::minute, 5)),
    up_to(0x0506013E, block(1, kMaxTariffItems, energy(y2007(0x05060101), "daily freeze, forward active energy"))),
    other(y2007(0x0506FF01), "daily freeze, whole block", Form::opaque, 0),
    other(y2007(0x1D000101), "last trip", Form::moment, 6),
    other(y2007(0x1E000101), "last close", Form::moment, 6),

    // The edition of 1997. Lengths of B640, B650 and the status word are from memory; nothing there carries a sign.
    means(0x00010000, energy(y1997(0x9010), "forward active energy, total")),
    means(0x00010100, energy(y1997(0x9011), "forward active energy, sharp")),
    means(0x00010200, energy(y1997(0x9012), "forward active energy, peak")),
    means(0x00010300, energy(y1997(0x9013), "forward active energy, flat")),
    means(0x00010400, energy(y1997(0x9014), "forward active energy, valley")),
    means(0x0001FF00, block(1, kMaxTariffItems, energy(y1997(0x901F), "forward active energy, total and tariffs"))),
    means(0x00020000, energy(y1997(0x9020), "reverse active energy, total")),
    means(0x05060101, block(1, kMaxTariffItems, energy(y1997(0x921F), "daily freeze, forward active energy (vendor)"))),
    means(0x02010100, number(y1997(0xB611), "voltage A", 2, 0, Unit::volt)),
    means(0x02010200, number(y1997(0xB612), "voltage B", 2, 0, Unit::volt)),
    means(0x02010300, number(y1997(0xB613), "voltage C", 2, 0, Unit::volt)),
    means(0x0201FF00, block(1, 3, number(y1997(0xB61F), "voltage A B C", 2, 0, Unit::volt))),
    means(0x02020100, number(y1997(0xB621), "current A", 2, 2, Unit::ampere)),
    means(0x02030000, number(y1997(0xB630), "active power, total", 3, 4, Unit::kw)),
    means(0x02040000, number(y1997(0xB640), "reactive power, total", 2, 2, Unit::kvar)),
    means(0x02060000, number(y1997(0xB650), "power factor, total", 2, 3, Unit::none)),
    means(0x04000101, other(y1997(0xC010), "date and weekday", Form::day, 4)),
    means(0x04000102, other(y1997(0xC011), "time of day", Form::time_of_day, 3)),
    other(y1997(0xC020), "status word", Form::word, 1),
    other(y1997(0xC02F), "status words", Form::opaque, 0),
    means(0x04000402, other(y1997(0xC032), "meter number", Form::digits, 6)),
    means(0x04000503, other(y1997(0xD113), "status word 3 (vendor)", Form::word, 2)),
};

constexpr bool is_sound() {
  for (std::size_t i = 0; i < kTable.size(); ++i) {
    const Identifier& row = kTable[i];
    if (row.first.edition != row.last.edition || row.first.value > row.last.value) return false;
    if (row.min_items == 0 || row.min_items > row.max_items || (row.bytes == 0) != (row.form == Form::opaque))
      return false;
    if (row.bytes > 9) return false;
    for (std::size_t k = i + 1; k < kTable.size(); ++k) {
      const Identifier& later = kTable[k];
      if (later.first.edition != row.first.edition) continue;
      if (later.first.value <= row.last.value && row.first.value <= later.last.value) return false;
    }
  }
  return true;
}
static_assert(is_sound(), "two rows of the table overlap, or a row contradicts itself");

}  // namespace

std::string_view to_string(Unit unit) {
  switch (unit) {
    case Unit::none: return "";
    case Unit::kwh: return "kWh";
    case Unit::kvarh: return "kvarh";
    case Unit::yuan: return "yuan";
    case Unit::yuan_per_kwh: return "yuan/kWh";
    case Unit::volt: return "V";
    case Unit::ampere: return "A";
    case Unit::kw: return "kW";
    case Unit::kvar: return "kvar";
    case Unit::kva: return "kVA";
    case Unit::hertz: return "Hz";
  }
  return "";
}

std::span<const Identifier> identifiers() {
  return kTable;
}

const Identifier* find_identifier(const DataId& di) {
  const auto row = std::ranges::find_if(kTable, [&di](const Identifier& candidate) {
    return candidate.first.edition == di.edition && candidate.first.value <= di.value &&
           di.value <= candidate.last.value;
  });
  return row == kTable.end() ? nullptr : &*row;
}

base::Result<DataId> in_edition(const DataId& di, Edition edition) {
  if (di.edition == edition) return di;
  for (const Identifier& row : kTable) {
    if (row.in_2007 == 0) continue;
    if (edition == Edition::y1997 && row.in_2007 == di.value) return row.first;
    if (edition == Edition::y2007 && row.first == di) return y2007(row.in_2007);
  }
  return base::fail(Errc::unknown_identifier, di.text() + " in " + std::string(to_string(edition)));
}

}  // namespace anju::dlt645
