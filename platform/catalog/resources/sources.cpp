#include "platform/catalog/resources/sources.hpp"

#include <array>

namespace anju::platform::catalog {
namespace {

// spc-listing-source-types (3:88-98, 3:440-447).
constexpr std::array kTypes{
    Choice{"centralised", {"集中式公寓", "Centralised apartment"}},
    Choice{"distributed", {"分散式公寓", "Distributed apartment"}},
    Choice{"room", {"房间", "Room"}},
};

// spc-source-search (3:84-88, 3:142-148): found by code, name and area.
constexpr std::array kSourceFields{
    Field{.name = "code", .label = {"房源编码", "Source number"}, .required = true, .least = 1, .most = 20, .search = true, .sort = true},
    Field{.name = "name", .label = {"房源名称", "Source"}, .required = true, .least = 1, .most = 60, .search = true, .sort = true},
    Field{.name = "type", .label = {"房源类型", "Type"}, .type = FieldType::choice, .required = true, .choices = kTypes, .search = true},
    Field{.name = "zone", .label = {"房源区域", "Area"}, .type = FieldType::reference, .resource = "areas", .search = true},
    Field{.name = "address", .label = {"用户地址", "Address"}, .most = 120, .search = true},
    Field{.name = "note", .label = {"备注", "Note"}, .most = 200, .listed = false},
};
constexpr std::array<std::string_view, 1> kCodeUnique{"code"};
constexpr std::array kSourceGuards{Guard{"prepaid_room", "source", "prepaid"}};

}  // namespace

const Resource kSources{"sources", "source", "housing_source", {"房源", "Housing sources"}, {"房源", "Housing source"}, "space", "name", kSourceFields, kCodeUnique, kCreate | kEdit | kEnable | kDelete | kExport, kSourceGuards};

}  // namespace anju::platform::catalog
