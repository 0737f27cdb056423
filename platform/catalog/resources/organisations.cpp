#include "platform/catalog/resources/organisations.hpp"

#include <array>

namespace anju::platform::catalog {
namespace {

constexpr Field name(Label label) { return {.name = "name", .label = label, .required = true, .least = 1, .most = 60, .search = true, .sort = true}; }
constexpr Field number() {
  return {.name = "number", .label = {"商户号", "Number"}, .most = 6, .search = true, .sort = true, .derived = true,
          .help = {"登录时可填，由系统分配", "May be given at login; drawn by the platform"}};
}
constexpr Field contact() { return {.name = "contact", .label = {"联系人", "Contact"}, .most = 40, .search = true, .personal = true, .format = Format::whole}; }
constexpr Field phone() { return {.name = "phone", .label = {"联系电话", "Phone"}, .most = 20, .search = true, .personal = true, .format = Format::whole}; }
constexpr Field mobile() {
  return {.name = "phone", .label = {"手机号码", "Mobile"}, .required = true, .least = 11, .most = 11, .search = true, .fixed = true, .personal = true,
          .format = Format::mobile, .help = {"将作为登录平台的账号，唯一且不可修改", "Becomes the login; unique, and never changed"}};
}
constexpr Field email() {
  return {.name = "email", .label = {"邮箱", "E-mail"}, .most = 100, .listed = false, .personal = true, .format = Format::email};
}
constexpr Field province() { return {.name = "province", .label = {"所属省份", "Province"}, .most = 20, .listed = false}; }
constexpr Field city() { return {.name = "city", .label = {"所属城市", "City"}, .most = 20}; }
constexpr Field address() { return {.name = "address", .label = {"地址", "Address"}, .most = 200, .search = true}; }
constexpr Field note() { return {.name = "note", .label = {"备注", "Note"}, .most = 200, .listed = false}; }

constexpr std::array kTypes{Choice{"company", {"企业", "Company"}}, Choice{"sole_trader", {"个体工商户", "Sole trader"}},
                            Choice{"person", {"个人", "Person"}}};
constexpr Field type() { return {.name = "type", .label = {"商户类型", "Type"}, .type = FieldType::choice, .choices = kTypes, .search = true}; }

constexpr std::array kReviewWords{Choice{"approved", {"审核通过", "Approved"}}, Choice{"pending", {"待审核", "Waiting for review"}},
                                  Choice{"rejected", {"审核不通过", "Rejected"}}};

// ten-operator-create (2:70-72).
constexpr std::array kOperatorFields{name({"运营公司名称", "Operating company"}), number(), contact(), phone(), email(), province(), city(), address(), note()};
// ten-provider-crud (4:386-392).
constexpr std::array kProviderFields{
    name({"服务商名称", "Provider"}), number(), contact(), mobile(), email(), type(),
    Field{.name = "review", .label = {"审核状态", "Review"}, .type = FieldType::choice, .choices = kReviewWords, .search = true, .derived = true},
    Field{.name = "review_note", .label = {"审核意见", "Review note"}, .most = 200, .listed = false, .derived = true},
    province(), city(), address(), note()};
// ten-property-company-create (2:76-91, 2:264-283), ten-group-property-crud (4:397-402).
constexpr std::array kPropertyFields{
    name({"物业名称", "Property company"}), number(), contact(), mobile(), email(), province(), city(), address(),
    Field{.name = "sites", .label = {"小区数量", "Communities"}, .type = FieldType::integer, .most = 1'000'000, .derived = true}, note()};
constexpr std::array kCollectiveFields{name({"集体户名称", "Collective"}), number(), contact(), phone(), email(), province(), city(), address(), note()};
// ten-provider-submerchant (4:391); 2:192.
constexpr std::array kMerchantFields{
    name({"商户名称", "Merchant"}), number(), contact(), phone(), email(), type(),
    Field{.name = "category", .label = {"商家分类", "Category"}, .type = FieldType::reference, .resource = "merchant-categories", .search = true},
    province(), city(), address(), note()};
// oo-category (2:659-669).
constexpr std::array kCategoryFields{
    name({"分类名称", "Category"}),
    Field{.name = "position", .label = {"显示顺序", "Order"}, .type = FieldType::integer, .most = 9999, .sort = true}, note()};
constexpr std::array<std::string_view, 1> kNameUnique{"name"};

// Its people and sites first; the organisations below it are a rule of the store. A community that was removed stays a row, because what the
// ledger wrote of it names it; so its company stays, too, and the refusal says why.
constexpr std::array kGuards{Guard{"user", "organisation", "users"}, Guard{"community", "organisation", "communities"},
                             Guard{"site", "organisation", "removed-communities"},
                             Guard{"price_plan", "organisation", "price-plans"}, Guard{"merchant_category", "organisation", "merchant-categories"},
                             Guard{"gateway_release", "organisation", "releases"}};
constexpr unsigned kEverything = kCreate | kEdit | kEnable | kDelete | kExport;

}  // namespace

const Resource kOperators{"operators", "operator", "organisation", {"运营公司", "Operating companies"}, {"运营公司", "Operating company"}, "organisation", "name",
                          kOperatorFields, {}, kEverything, kGuards, Place::tree, "operator"};
const Resource kProviders{"providers", "provider", "organisation", {"服务商管理", "Providers"}, {"服务商", "Provider"}, "organisation", "name",
                          kProviderFields, {}, kEverything, kGuards, Place::tree, "provider"};
const Resource kProperties{"properties", "property", "organisation", {"集团物业管理", "Property companies"}, {"物业", "Property company"}, "organisation", "name",
                           kPropertyFields, {}, kEverything, kGuards, Place::tree, "property"};
const Resource kCollectives{"collectives", "collective", "organisation", {"集体户管理", "Collectives"}, {"集体户", "Collective"}, "organisation", "name",
                            kCollectiveFields, {}, kEverything, kGuards, Place::tree, "collective"};
const Resource kMerchants{"merchants", "merchant", "organisation", {"商家管理", "Merchants"}, {"商户", "Merchant"}, "organisation", "name",
                          kMerchantFields, {}, kEverything, kGuards, Place::tree, "merchant"};
const Resource kMerchantCategories{"merchant-categories", "merchant_category", "merchant_category", {"商家分类", "Merchant categories"},
                                   {"商家分类", "Merchant category"}, "organisation", "name", kCategoryFields, kNameUnique, kEverything, {},
                                   Place::organisation};

const Resource* organisations_of(std::string_view kind) {
  for (const Resource* one : {&kOperators, &kProviders, &kProperties, &kCollectives, &kMerchants})
    if (one->kind == kind) return one;
  return nullptr;
}

}  // namespace anju::platform::catalog
