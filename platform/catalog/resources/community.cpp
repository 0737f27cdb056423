#include "platform/catalog/resources/community.hpp"

#include <array>

#include "platform/domain/site.hpp"

namespace anju::platform::catalog {
namespace {

// ten-scope-uses (1:40-42).
constexpr std::array kKinds{
    Choice{"residential", {"住宅小区", "Residential"}}, Choice{"apartment", {"公寓", "Apartments"}}, Choice{"office", {"写字楼", "Offices"}},
    Choice{"business", {"商业", "Business"}},           Choice{"school", {"学校", "School"}},
};

// ten-community-create (2:95-121, 2:204, 2:334-349).
constexpr std::array kFields{
    Field{.name = "name", .label = {"小区名称", "Name"}, .required = true, .least = 1, .most = 60, .search = true, .sort = true},
    Field{.name = "code", .label = {"小区编码", "Code"}, .required = true, .least = 1, .most = 60, .search = true, .sort = true, .fixed = true,
          .help = {"用于设备通信地址，保存后不可更改；可用字母、数字、- 和 _",
                   "Part of the devices' addresses, and never changed; letters, digits, - and _"}},
    Field{.name = "kind", .label = {"项目类型", "Kind"}, .type = FieldType::choice, .required = true, .choices = kKinds, .search = true},
    Field{.name = "province", .label = {"所属省份", "Province"}, .most = 30, .search = true, .sort = true},
    Field{.name = "city", .label = {"所属城市", "City"}, .most = 30, .search = true, .sort = true},
    Field{.name = "address", .label = {"小区地址", "Address"}, .most = 120, .search = true, .listed = false},
    Field{.name = "contact", .label = {"联系人", "Contact"}, .most = 40, .search = true, .personal = true, .format = Format::whole},
    Field{.name = "phone", .label = {"联系电话", "Phone"}, .most = 20, .search = true, .personal = true, .format = Format::whole},
    Field{.name = "latitude", .label = {"纬度", "Latitude"}, .type = FieldType::decimal, .least = -kMostLatitude, .most = kMostLatitude,
          .decimals = 6, .listed = false, .help = {"WGS-84 坐标，不是 GCJ-02（高德、腾讯）或 BD-09（百度）", "WGS-84, not GCJ-02 or BD-09"}},
    Field{.name = "longitude", .label = {"经度", "Longitude"}, .type = FieldType::decimal, .least = -kMostLongitude, .most = kMostLongitude,
          .decimals = 6, .listed = false, .help = {"与纬度同时填写", "Together with the latitude"}},
    Field{.name = "utc_offset_minutes", .label = {"时区(与 UTC 相差分钟)", "Minutes from UTC"}, .type = FieldType::integer, .required = true,
          .least = kLeastUtcOffset, .most = kMostUtcOffset, .listed = false,
          .help = {"北京时间为 480；有网关后不可更改", "480 in China; stays once there is a gateway"}, .preset = 480},
    Field{.name = "greatest_power_w", .label = {"单表最大功率(W)", "Greatest power of a meter (W)"}, .type = FieldType::integer,
          .required = true, .least = 1, .most = kMostGreatestPower, .listed = false,
          .help = {"读数增长快于此功率时不予采信", "A reading that grows faster is not believed"}, .preset = 100'000},
};
constexpr std::array<std::string_view, 1> kUnique{"name"};

}  // namespace

const Resource kCommunities{"communities", "community", "community", {"小区", "Communities"}, {"小区", "Community"}, "space", "name",
                            kFields, kUnique, kCreate | kEdit | kEnable | kDelete | kExport, {}, Place::site, {}, false, Writer::ledger};

}  // namespace anju::platform::catalog
