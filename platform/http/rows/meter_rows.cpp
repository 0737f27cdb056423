#include <array>
#include <utility>

#include "platform/http/rows/lists.hpp"

namespace anju::platform {
namespace {

struct Word {
  std::string_view code, zh, en;
};

constexpr std::array kModeWords{Word{"prepaid", "预付费模式", "Prepaid"}, Word{"reading", "抄表模式", "Reading only"}};
constexpr std::array kRelayWords{Word{"closed", "合闸", "Closed"}, Word{"open", "跳闸", "Tripped"}, Word{"opening", "跳闸中", "Opening"},
                                 Word{"awaiting_button", "待按键合闸", "Press button"}, Word{"unknown", "未知", "Unknown"}};
/// Those whose code is not what people call them.
constexpr std::array kDialectWords{Word{"dlt645-2007", "DL/T645-2007", "DL/T645-2007"}, Word{"dlt645-1997", "DL/T645-1997", "DL/T645-1997"},
                                   Word{"cjt188", "CJ/T188", "CJ/T188"}, Word{"modbus", "Modbus", "Modbus"}, Word{"mqtt", "自带网络", "Own network"}};
// What is a closed contact is an open valve.
constexpr std::array kValveWords{Word{"closed", "阀门开", "Valve open"}, Word{"open", "阀门关", "Valve closed"}, Word{"opening", "关阀中", "Closing"},
                                 Word{"awaiting_button", "待现场开阀", "Open on site"}, Word{"unknown", "未知", "Unknown"}};
constexpr std::array kKindWords{Word{"electricity", "电表", "Electricity"}, Word{"water", "水表", "Water"}, Word{"hot_water", "水控机", "Hot water"}};
constexpr std::array kAccountWords{Word{"normal", "正常", "Normal"}, Word{"low_1", "低于预置值1", "Below preset 1"},
                                   Word{"low_2", "低于预置值2", "Below preset 2"}, Word{"arrears", "欠费", "Arrears"}};

Cell money(base::Money amount) { return Number{amount.micro_yuan, 6}; }
Cell quantity(base::Quantity amount) { return Number{amount.e4, 4}; }

class Meters : public RowSource {
 public:
  Meters(Queries& queries, Reader reader, MeterFilter filter) : queries_(queries), reader_(std::move(reader)), filter_(std::move(filter)) {}

  [[nodiscard]] std::string title() const override { return reader_.word("表计", "Meters"); }

  [[nodiscard]] std::vector<Column> columns() const override {
    return {{reader_.word("小区", "Community")},
            {reader_.word("名称", "Name"), 20},
            {reader_.word("房间", "Room"), 12},
            {reader_.word("表号", "Address"), 16},
            {reader_.word("设备编号", "Device id"), 16},
            {reader_.word("表计类型", "Kind of meter"), 12},
            {reader_.word("网关", "Gateway"), 12},
            {reader_.word("线路", "Line"), 10},
            {reader_.word("规约", "Protocol"), 16},
            {reader_.word("计费模式", "Mode"), 12},
            {reader_.word("开关/阀门状态", "Switch or valve"), 12},
            {reader_.word("在线", "Link"), 8},
            {reader_.word("余额(元)", "Balance (CNY)"), 14, 2, 6},
            {reader_.word("账户状态", "Account"), 14},
            {reader_.word("今日用量", "Today"), 14, 2, 4},
            {reader_.word("最近读数", "Last reading"), 16, 2, 4},
            {reader_.word("单位", "Unit"), 8},
            {reader_.word("抄表时间", "Read at"), 20},
            {reader_.word("价格方案", "Price plan"), 16}};
  }

  base::Result<std::int64_t> count() override {
    MeterFilter one = filter_;
    one.page = one.page_size = 1;
    const auto page = queries_.meters(reader_.scope, one, reader_.now);
    if (!page) return base::pass(page);
    return page->total;
  }

  base::Result<std::vector<CellRow>> next(std::int64_t most) override {
    filter_.after = last_;
    filter_.page_size = most;
    const auto page = queries_.meters(reader_.scope, filter_, reader_.now);
    if (!page) return base::pass(page);
    std::vector<CellRow> rows;
    rows.reserve(page->rows.size());
    for (const MeterRow& meter : page->rows) rows.push_back(row_of(meter));
    if (!page->rows.empty()) last_ = page->rows.back().id;
    return rows;
  }

 private:
  template <std::size_t n>
  [[nodiscard]] Cell in_words(const std::array<Word, n>& words, const std::string& code) const {
    for (const Word& one : words)
      if (one.code == code) return reader_.word(one.zh, one.en);
    return code;
  }

  [[nodiscard]] Cell protocol(const MeterRow& meter) const {
    const Cell words = in_words(kDialectWords, meter.dialect);
    return meter.model.empty() ? words : Cell(std::get<std::string>(words) + " " + meter.model);
  }

  /// A meter without a valve has no state of one.
  [[nodiscard]] Cell switch_of(const MeterRow& meter) const {
    if (meter.kind == "electricity") return in_words(kRelayWords, meter.reported);
    return meter.valve ? in_words(kValveWords, meter.reported) : Cell();
  }

  [[nodiscard]] CellRow row_of(const MeterRow& meter) const {
    return {reader_.site_name(meter.site),
            meter.name,
            meter.linked_room ? meter.linked_room->name : meter.room,
            meter.address,
            meter.device,
            in_words(kKindWords, meter.kind),
            meter.gateway,
            meter.line,
            protocol(meter),
            in_words(kModeWords, meter.mode),
            switch_of(meter),
            meter.reachable ? reader_.word("在线", "Online") : reader_.word("离线", "Offline"),
            money(meter.balance),
            in_words(kAccountWords, meter.account_state),
            quantity(meter.today),
            meter.last_reading ? quantity(meter.last_reading->total) : Cell(),
            reader_.unit(meter.kind),
            meter.last_reading ? reader_.time(meter.last_reading->at, meter.site) : Cell(),
            meter.plan.name};
  }

  Queries& queries_;
  Reader reader_;
  MeterFilter filter_;
  std::int64_t last_ = 0;
};

const SiteRow* find(const std::vector<SiteRow>& sites, const std::string& id) {
  for (const SiteRow& site : sites)
    if (site.id == id || id.empty()) return &site;
  return nullptr;
}

}  // namespace

std::string Reader::site_name(const std::string& site) const {
  const SiteRow* found = find(sites, site);
  return found == nullptr ? site : found->name;
}

std::string Reader::unit(std::string_view kind) const {
  return kind == "electricity" ? word("度", "kWh") : "m³";
}

Cell Reader::time(const std::optional<base::UtcMillis>& at, const std::string& site) const {
  if (!at) return {};
  const SiteRow* found = find(sites, site);
  return time_text(*at, found == nullptr ? SiteRow{}.utc_offset_minutes : found->utc_offset_minutes);
}

std::unique_ptr<RowSource> meter_rows(Queries& queries, Reader reader, MeterFilter filter) {
  return std::make_unique<Meters>(queries, std::move(reader), std::move(filter));
}

}  // namespace anju::platform
