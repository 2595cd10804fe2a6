# Every setting refuses a value that its function could not use.

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  function_zip = "versions.tf" # any file will do
  clusters     = { main = { url = "https://druid.example.com" } }
}

run "all_settings" {
  command = plan

  variables {
    definitions_refresh                 = "soon"
    attempts                            = -1
    state_keep                          = "soon"
    availability_limit                  = "soon"
    availability_patience               = "soon"
    rollback_settle                     = "soon"
    poll_min_interval                   = "soon"
    poll_max_interval                   = "soon"
    poll_retry_delay                    = "soon"
    poll_max_items                      = -1
    poll_time_limit                     = "soon"
    poll_look_ahead                     = "soon"
    cluster_grace                       = "soon"
    messages_time_limit                 = "soon"
    settings_check_interval             = "soon"
    settings_patience                   = "soon"
    settings_start_limit                = "soon"
    settings_end_limit                  = "soon"
    settings_drop_pause                 = "soon"
    drift_max_new_columns               = -1
    freshness_watch                     = "soon"
    compaction_retry_delay              = "soon"
    compaction_watch                    = "soon"
    compaction_patience                 = "soon"
    retention_max_share                 = -1
    retention_max_segments              = -1
    retention_max_kills                 = -1
    retention_min_buffer                = "soon"
    retention_overshadowed_after        = "soon"
    retention_orphans                   = "soon"
    retention_orphan_after              = "soon"
    retention_orphan_purge_after        = "soon"
    retention_pause                     = "soon"
    retention_time_limit                = "soon"
    retention_keep_reports              = "soon"
    default_timeout                     = "soon"
    default_priority                    = -1
    default_target_rows                 = -1
    default_target_segment_bytes        = -1
    default_max_sub_tasks               = -1
    default_bytes_per_sub_task          = -1
    default_max_rows_in_memory          = -1
    default_max_saved_parse_exceptions  = -1
    default_task_status_check_period_ms = -1
  }

  expect_failures = [
    var.definitions_refresh,
    var.attempts,
    var.state_keep,
    var.availability_limit,
    var.availability_patience,
    var.rollback_settle,
    var.poll_min_interval,
    var.poll_max_interval,
    var.poll_retry_delay,
    var.poll_max_items,
    var.poll_time_limit,
    var.poll_look_ahead,
    var.cluster_grace,
    var.messages_time_limit,
    var.settings_check_interval,
    var.settings_patience,
    var.settings_start_limit,
    var.settings_end_limit,
    var.settings_drop_pause,
    var.drift_max_new_columns,
    var.freshness_watch,
    var.compaction_retry_delay,
    var.compaction_watch,
    var.compaction_patience,
    var.retention_max_share,
    var.retention_max_segments,
    var.retention_max_kills,
    var.retention_min_buffer,
    var.retention_overshadowed_after,
    var.retention_orphans,
    var.retention_orphan_after,
    var.retention_orphan_purge_after,
    var.retention_pause,
    var.retention_time_limit,
    var.retention_keep_reports,
    var.default_timeout,
    var.default_priority,
    var.default_target_rows,
    var.default_target_segment_bytes,
    var.default_max_sub_tasks,
    var.default_bytes_per_sub_task,
    var.default_max_rows_in_memory,
    var.default_max_saved_parse_exceptions,
    var.default_task_status_check_period_ms,
  ]
}
