#pragma once

// One function per endpoint, named after its operationId. Each parses, validates, asks the desk or the queries, and
// answers. They run on the HTTP loop and never block.

#include "platform/http/message.hpp"

namespace anju::platform {

struct Call;
class Api;

void get_health(const Call& call, Api& api, Reply reply);
void get_openapi(const Call& call, Api& api, Reply reply);
void open_events(const Call& call, Api& api, Reply reply);

void log_in(const Call& call, Api& api, Reply reply);
void get_session(const Call& call, Api& api, Reply reply);
void log_out(const Call& call, Api& api, Reply reply);
void change_password(const Call& call, Api& api, Reply reply);

// People: handlers/people.cpp, handlers/own_settings.cpp.
void create_user(const Call& call, Api& api, Reply reply);
void reset_password(const Call& call, Api& api, Reply reply);
void get_user_rights(const Call& call, Api& api, Reply reply);
void change_user_roles(const Call& call, Api& api, Reply reply);
void change_user_sites(const Call& call, Api& api, Reply reply);
void list_role_users(const Call& call, Api& api, Reply reply);
void change_role_users(const Call& call, Api& api, Reply reply);
void list_department_sites(const Call& call, Api& api, Reply reply);
void change_department_sites(const Call& call, Api& api, Reply reply);
void list_permissions(const Call& call, Api& api, Reply reply);
void change_profile(const Call& call, Api& api, Reply reply);
void get_settings(const Call& call, Api& api, Reply reply);
void change_settings(const Call& call, Api& api, Reply reply);

void get_home(const Call& call, Api& api, Reply reply);
void get_energy(const Call& call, Api& api, Reply reply);
void list_sites(const Call& call, Api& api, Reply reply);
void list_projects(const Call& call, Api& api, Reply reply);

void list_meters(const Call& call, Api& api, Reply reply);
void export_meters(const Call& call, Api& api, Reply reply);
void register_meter(const Call& call, Api& api, Reply reply);
void get_meter(const Call& call, Api& api, Reply reply);
void remove_meter(const Call& call, Api& api, Reply reply);
void dispatch_meter(const Call& call, Api& api, Reply reply);
void withdraw_meter(const Call& call, Api& api, Reply reply);
void list_found_devices(const Call& call, Api& api, Reply reply);
void dismiss_found_device(const Call& call, Api& api, Reply reply);
void change_meter_device(const Call& call, Api& api, Reply reply);
void change_meter_settings(const Call& call, Api& api, Reply reply);
void change_meter_price_plan(const Call& call, Api& api, Reply reply);
void list_readings(const Call& call, Api& api, Reply reply);
void accept_reading(const Call& call, Api& api, Reply reply);
void list_ledger(const Call& call, Api& api, Reply reply);
void list_notices(const Call& call, Api& api, Reply reply);
void get_consumption(const Call& call, Api& api, Reply reply);
void recharge(const Call& call, Api& api, Reply reply);

void list_commands(const Call& call, Api& api, Reply reply);
void order_command(const Call& call, Api& api, Reply reply);
void get_command(const Call& call, Api& api, Reply reply);
void cancel_command(const Call& call, Api& api, Reply reply);

void list_price_plans(const Call& call, Api& api, Reply reply);
void create_price_plan(const Call& call, Api& api, Reply reply);
void get_calculation(const Call& call, Api& api, Reply reply);
void list_openings(const Call& call, Api& api, Reply reply);
void open_household(const Call& call, Api& api, Reply reply);
void list_settlements(const Call& call, Api& api, Reply reply);
void settle_household(const Call& call, Api& api, Reply reply);
void list_adjustments(const Call& call, Api& api, Reply reply);
void adjust_balance(const Call& call, Api& api, Reply reply);
void list_register_changes(const Call& call, Api& api, Reply reply);
void change_register(const Call& call, Api& api, Reply reply);
void change_switch_schedule(const Call& call, Api& api, Reply reply);
void change_annual_fee(const Call& call, Api& api, Reply reply);
void list_fee_payments(const Call& call, Api& api, Reply reply);
void pay_annual_fee(const Call& call, Api& api, Reply reply);
void list_price_versions(const Call& call, Api& api, Reply reply);
void list_meter_price_plans(const Call& call, Api& api, Reply reply);
void change_price_plan(const Call& call, Api& api, Reply reply);

void list_gateways(const Call& call, Api& api, Reply reply);
void create_gateway(const Call& call, Api& api, Reply reply);
void get_gateway(const Call& call, Api& api, Reply reply);
// Codes by which a box becomes a gateway: handlers/enrolments.cpp.
void get_enrolment(const Call& call, Api& api, Reply reply);
void create_enrolment(const Call& call, Api& api, Reply reply);
void cancel_enrolment(const Call& call, Api& api, Reply reply);
void revoke_gateway(const Call& call, Api& api, Reply reply);
void redeem_enrolment(const Call& call, Api& api, Reply reply);
// Releases of the gateway's program, and which gateway is to run which: handlers/releases.cpp, handlers/upgrades.cpp.
void list_releases(const Call& call, Api& api, Reply reply);
void upload_release(const Call& call, Api& api, Reply reply);
void remove_release(const Call& call, Api& api, Reply reply);
void order_upgrade(const Call& call, Api& api, Reply reply);
void withdraw_upgrade(const Call& call, Api& api, Reply reply);

void list_alarms(const Call& call, Api& api, Reply reply);
void clear_alarm(const Call& call, Api& api, Reply reply);
// Messages: handlers/messages.cpp.
void list_inbox(const Call& call, Api& api, Reply reply);
void read_inbox(const Call& call, Api& api, Reply reply);
void read_inbox_row(const Call& call, Api& api, Reply reply);
void list_messages(const Call& call, Api& api, Reply reply);
void list_meter_messages(const Call& call, Api& api, Reply reply);
void resend_message(const Call& call, Api& api, Reply reply);
void test_message(const Call& call, Api& api, Reply reply);
void list_subscribers(const Call& call, Api& api, Reply reply);
void change_subscribers(const Call& call, Api& api, Reply reply);
// Bound users: the staff's side is handlers/bound_users.cpp, their own my_account.cpp and my_meters.cpp.
void list_bound_users(const Call& call, Api& api, Reply reply);
void unbind_user(const Call& call, Api& api, Reply reply);
void share_meter(const Call& call, Api& api, Reply reply);
void revoke_share(const Call& call, Api& api, Reply reply);
void look_at_share(const Call& call, Api& api, Reply reply);
void bind_meter(const Call& call, Api& api, Reply reply);
void get_my_account(const Call& call, Api& api, Reply reply);
void change_my_account(const Call& call, Api& api, Reply reply);
void end_my_session(const Call& call, Api& api, Reply reply);
void list_my_meters(const Call& call, Api& api, Reply reply);
void get_my_meter(const Call& call, Api& api, Reply reply);
void leave_my_meter(const Call& call, Api& api, Reply reply);
void get_my_use(const Call& call, Api& api, Reply reply);
void list_my_records(const Call& call, Api& api, Reply reply);
void list_my_messages(const Call& call, Api& api, Reply reply);

void list_announcements(const Call& call, Api& api, Reply reply);
void announce(const Call& call, Api& api, Reply reply);
void list_sms_packages(const Call& call, Api& api, Reply reply);
void buy_sms_package(const Call& call, Api& api, Reply reply);

void list_audit(const Call& call, Api& api, Reply reply);
void export_audit(const Call& call, Api& api, Reply reply);

void list_jobs(const Call& call, Api& api, Reply reply);
void get_job(const Call& call, Api& api, Reply reply);
void get_job_file(const Call& call, Api& api, Reply reply);
void cancel_job(const Call& call, Api& api, Reply reply);
void remove_job(const Call& call, Api& api, Reply reply);

// Organisations beyond their rows. Those of an organisation of any kind find it by Call::resource.
void register_provider(const Call& call, Api& api, Reply reply);
void enter_organisation(const Call& call, Api& api, Reply reply);
void get_organisation_tree(const Call& call, Api& api, Reply reply);
void approve_provider(const Call& call, Api& api, Reply reply);
void reject_provider(const Call& call, Api& api, Reply reply);
void create_properties(const Call& call, Api& api, Reply reply);
void create_account(const Call& call, Api& api, Reply reply);
void list_accounts(const Call& call, Api& api, Reply reply);
void get_statistics(const Call& call, Api& api, Reply reply);

void search_desk(const Call& call, Api& api, Reply reply);
void get_house_overview(const Call& call, Api& api, Reply reply);
void list_room_meters(const Call& call, Api& api, Reply reply);
void move_meter(const Call& call, Api& api, Reply reply);
void list_prepaid_sources(const Call& call, Api& api, Reply reply);
void import_source(const Call& call, Api& api, Reply reply);
void take_out_source(const Call& call, Api& api, Reply reply);

// The catalogue, and every resource of it: Call::resource says which one.
void get_catalog(const Call& call, Api& api, Reply reply);
void list_records(const Call& call, Api& api, Reply reply);
void export_records(const Call& call, Api& api, Reply reply);
void get_record(const Call& call, Api& api, Reply reply);
void reveal_record(const Call& call, Api& api, Reply reply);
void get_import_template(const Call& call, Api& api, Reply reply);
void import_records(const Call& call, Api& api, Reply reply);
void create_record(const Call& call, Api& api, Reply reply);
void change_record(const Call& call, Api& api, Reply reply);
void enable_record(const Call& call, Api& api, Reply reply);
void disable_record(const Call& call, Api& api, Reply reply);
void remove_record(const Call& call, Api& api, Reply reply);

// Reports: Call::report says which one.
void get_reports(const Call& call, Api& api, Reply reply);
void list_report(const Call& call, Api& api, Reply reply);
void export_report(const Call& call, Api& api, Reply reply);
void get_report_totals(const Call& call, Api& api, Reply reply);

// Changes of a resource that the ledger writes.
void create_community(const Call& call, Api& api, Reply reply);
void change_community(const Call& call, Api& api, Reply reply);
void enable_community(const Call& call, Api& api, Reply reply);
void disable_community(const Call& call, Api& api, Reply reply);
void remove_community(const Call& call, Api& api, Reply reply);

}  // namespace anju::platform
