#include "platform/catalog/resources/space.hpp"

#include <array>

#include "platform/catalog/resources/papers.hpp"

namespace anju::platform::catalog {
namespace {

constexpr auto kReference = FieldType::reference;

constexpr Field note() { return {.name = "note", .label = {"备注", "Note"}, .most = 200, .listed = false}; }

constexpr std::array<std::string_view, 1> kNameUnique{"name"};

constexpr std::array kAreaFields{
    Field{.name = "name", .label = {"区域名称", "Area"}, .required = true, .least = 1, .most = 40, .search = true, .sort = true},
    note(),
};

// spc-building-file (2:136-142), spc-unit-toggle (2:141-152).
constexpr std::array kBuildingFields{
    Field{.name = "number", .label = {"楼栋编号", "Number"}, .required = true, .least = 1, .most = 10, .search = true, .sort = true,
          .help = {"建议用数字，如 01", "Digits are best, such as 01"}},
    Field{.name = "name", .label = {"楼栋名称", "Name"}, .required = true, .least = 1, .most = 40, .search = true, .sort = true},
    Field{.name = "with_units", .label = {"启用单元", "Divided into units"}, .type = FieldType::flag, .search = true,
          .help = {"启用后先添加单元，房屋按单元登记", "Units come first then, and each house belongs to one"}},
    note(),
};
constexpr std::array<std::string_view, 1> kNumberUnique{"number"};

constexpr std::array kUnitFields{
    Field{.name = "building", .label = {"楼栋", "Building"}, .type = kReference, .required = true, .resource = "buildings", .search = true,
          .fixed = true},
    Field{.name = "number", .label = {"单元编号", "Number"}, .required = true, .least = 1, .most = 10, .search = true, .sort = true},
    Field{.name = "name", .label = {"单元名称", "Name"}, .most = 40, .search = true},
    note(),
};
constexpr std::array<std::string_view, 2> kUnitUnique{"building", "number"};

// spc-house-type-billing (2:152, 2:353): a house is charged by its type.
constexpr std::array kHouseTypeFields{
    Field{.name = "name", .label = {"房屋类型", "House type"}, .required = true, .least = 1, .most = 40, .search = true, .sort = true},
    Field{.name = "rate", .label = {"物业费单价(元/平方米·月)", "Fee (CNY per m² and month)"}, .type = FieldType::decimal, .required = true,
          .most = 1'000'000, .decimals = 2, .sort = true},
    note(),
};

// spc-house-file (2:148-152, 2:226).
constexpr std::array kHouseFields{
    Field{.name = "building", .label = {"楼栋", "Building"}, .type = kReference, .required = true, .resource = "buildings", .search = true,
          .fixed = true},
    Field{.name = "unit", .label = {"单元", "Unit"}, .type = kReference, .resource = "units", .within = "building", .given_if = "with_units",
          .search = true, .fixed = true},
    Field{.name = "number", .label = {"房号", "Number"}, .required = true, .least = 1, .most = 10, .search = true, .sort = true,
          .help = {"建议用楼层加房间号，如 0101", "Floor and room are best, such as 0101"}},
    Field{.name = "type", .label = {"房屋类型", "Type"}, .type = kReference, .required = true, .resource = "house-types", .search = true},
    Field{.name = "area", .label = {"建筑面积(平方米)", "Area (m²)"}, .type = FieldType::decimal, .most = 10'000'000, .decimals = 2, .sort = true},
    Field{.name = "zone", .label = {"区域", "Zone"}, .type = kReference, .resource = "areas", .search = true},
    Field{.name = "owner", .label = {"业主姓名", "Owner"}, .most = 40, .search = true, .sort = true, .personal = true, .format = Format::whole},
    Field{.name = "phone", .label = {"联系电话", "Phone"}, .most = 20, .search = true, .personal = true, .format = Format::whole},
    Field{.name = "id_type", .label = {"证件类型", "ID type"}, .type = FieldType::choice, .choices = kPapers, .listed = false},
    Field{.name = "id_number", .label = {"证件号码", "ID number"}, .most = 30, .listed = false, .personal = true, .format = Format::whole},
    note(),
};
constexpr std::array<std::string_view, 3> kHouseUnique{"building", "unit", "number"};

// spc-contacts (2:240).
constexpr std::array kContactFields{
    Field{.name = "department", .label = {"部门", "Department"}, .required = true, .least = 1, .most = 40, .search = true, .sort = true},
    Field{.name = "name", .label = {"联系人", "Contact"}, .required = true, .least = 1, .most = 40, .search = true, .sort = true},
    Field{.name = "phone", .label = {"电话", "Phone"}, .required = true, .least = 1, .most = 20, .search = true},
    Field{.name = "position", .label = {"显示顺序", "Order"}, .type = FieldType::integer, .most = 9999, .sort = true},
    note(),
};

// spc-room-add (0:214-216): name, number, area. The house and the source that it belongs to may both be missing.
constexpr std::array kRoomFields{
    Field{.name = "name", .label = {"房间名称", "Room"}, .required = true, .least = 1, .most = 60, .search = true, .sort = true},
    Field{.name = "number", .label = {"房间号", "Number"}, .required = true, .least = 1, .most = 20, .search = true, .sort = true},
    Field{.name = "zone", .label = {"所在区域", "Zone"}, .type = kReference, .resource = "areas", .search = true},
    Field{.name = "house", .label = {"所属房屋", "House"}, .type = kReference, .resource = "houses", .search = true},
    Field{.name = "source", .label = {"所属房源", "Housing source"}, .type = kReference, .resource = "sources", .search = true},
    note(),
};
constexpr std::array<std::string_view, 3> kRoomUnique{"source", "house", "number"};
constexpr std::array kRoomGuards{Guard{"room_meter", "room", "meters"}, Guard{"prepaid_room", "room", "prepaid"}};

}  // namespace

// spc-area-mgmt (0:253, 1:106-108).
const Resource kAreas{"areas", "area", "area", {"区域", "Areas"}, {"区域", "Area"}, "space", "name", kAreaFields, kNameUnique};
const Resource kBuildings{"buildings", "building", "building", {"楼栋", "Buildings"}, {"楼栋", "Building"}, "space", "name", kBuildingFields, kNumberUnique};
const Resource kUnits{"units", "unit", "unit", {"单元", "Units"}, {"单元", "Unit"}, "space", "building name|number", kUnitFields, kUnitUnique};
const Resource kHouseTypes{"house-types", "house_type", "house_type", {"房屋类型", "House types"}, {"房屋类型", "House type"}, "space", "name", kHouseTypeFields, kNameUnique};
const Resource kHouses{"houses", "house", "house", {"房屋", "Houses"}, {"房屋", "House"}, "space", "unit|building number", kHouseFields, kHouseUnique};
const Resource kContacts{"contacts", "contact", "contact", {"物业联系人", "Property contacts"}, {"联系人", "Contact"}, "space", "name", kContactFields, {}};
const Resource kRooms{"rooms", "room", "room", {"房间", "Rooms"}, {"房间", "Room"}, "space", "name", kRoomFields, kRoomUnique, kCreate | kEdit | kEnable | kDelete | kExport, kRoomGuards};

}  // namespace anju::platform::catalog
