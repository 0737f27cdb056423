#include "platform/catalog/resources/concentrators.hpp"

#include <array>

namespace anju::platform::catalog {
namespace {

// con-register (3:235-237, 3:532-545, 3:559-561): 资产编号 is the concentrator's number of eight digits, 终端名称 where it hangs, 终端地址 the community's address.
constexpr std::array kConcentratorFields{
    Field{.name = "asset_number", .label = {"资产编号", "Asset number"}, .least = 8, .most = 8, .search = true, .sort = true, .format = Format::asset_number},
    Field{.name = "name", .label = {"终端名称", "Terminal name"}, .required = true, .least = 1, .most = 60, .search = true, .sort = true,
          .help = {"具体安装位置", "Where it is installed"}},
    Field{.name = "gateway", .label = {"网关", "Gateway"}, .required = true, .least = 1, .most = 64, .search = true, .fixed = true,
          .help = {"网关编号，一个网关即一台集中器", "Its id: a gateway is a concentrator"}},
    Field{.name = "source", .label = {"房源", "Housing source"}, .type = FieldType::reference, .resource = "sources", .search = true},
    Field{.name = "address", .label = {"终端地址", "Terminal address"}, .most = 120, .search = true, .help = {"小区地址", "Address of the community"}},
    Field{.name = "protocol", .label = {"终端规约", "Terminal protocol"}, .most = 40, .listed = false},
    Field{.name = "supply_unit", .label = {"供电单位", "Supply unit"}, .most = 60, .listed = false},
    Field{.name = "installed", .label = {"报装日期", "Installation date"}, .type = FieldType::date, .listed = false},
    Field{.name = "online", .label = {"在线", "Online"}, .type = FieldType::flag, .search = true, .derived = true},
    Field{.name = "meters", .label = {"电表数", "Meters"}, .type = FieldType::integer, .most = 100'000, .derived = true},
    Field{.name = "undispatched", .label = {"未下发", "Not dispatched"}, .type = FieldType::integer, .most = 100'000, .derived = true},
    Field{.name = "pending", .label = {"待绑定", "To be bound"}, .type = FieldType::integer, .most = 100'000, .derived = true},
    Field{.name = "note", .label = {"备注", "Note"}, .most = 200, .listed = false},
};
constexpr std::array<std::string_view, 1> kGatewayUnique{"gateway"};

}  // namespace

const Resource kConcentrators{"concentrators", "concentrator", "concentrator", {"集中器管理", "Concentrators"}, {"集中器", "Concentrator"}, "device", "name", kConcentratorFields, kGatewayUnique};

}  // namespace anju::platform::catalog
