# One variable per setting of the functions: `poll_min_interval` becomes SLUICE_POLL_MIN_INTERVAL. A variable that is null
# sets nothing, and the function's own default applies, which the description names. docs/configuration.md explains each.

# Reading definitions

variable "definitions_refresh" {
  description = "How long the list of definitions may be cached. Default: `PT5S`."
  type        = string
  default     = null

  validation {
    condition     = var.definitions_refresh == null || can(regex("^P(\\d+D)?(T(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?)?$", var.definitions_refresh)) && can(regex("[0-9][DHMS]$", var.definitions_refresh))
    error_message = "definitions_refresh must be an ISO-8601 duration of days, hours, minutes and seconds, such as PT5S."
  }
}

variable "tagging" {
  description = "Whether Sluice tags loaded objects in S3. With `false`, `follow` gets no permission to tag. Default: `true`."
  type        = bool
  default     = null
}

# Runs

variable "attempts" {
  description = "Maximum attempts of a run that fails for a transient reason. Default: `3`."
  type        = number
  default     = null

  validation {
    condition     = try(var.attempts >= 1 && var.attempts <= 100 && floor(var.attempts) == var.attempts, var.attempts == null)
    error_message = "attempts must be a whole number from 1 to 100."
  }
}

variable "cluster_grace" {
  description = "How long runs and files wait for a cluster or definition that the environment does not have, before Sluice gives them up. Default: `P1D`."
  type        = string
  default     = null

  validation {
    condition     = var.cluster_grace == null || can(regex("^P(\\d+D)?(T(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?)?$", var.cluster_grace)) && can(regex("[0-9][DHMS]$", var.cluster_grace))
    error_message = "cluster_grace must be an ISO-8601 duration of days, hours, minutes and seconds, such as P1D."
  }
}

variable "messages_time_limit" {
  description = "After this time `generate` and `submit` make no further call to Druid. Keep it ten seconds below their timeout. Default: `PT50S`."
  type        = string
  default     = null

  validation {
    condition     = var.messages_time_limit == null || can(regex("^P(\\d+D)?(T(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?)?$", var.messages_time_limit)) && can(regex("[0-9][DHMS]$", var.messages_time_limit))
    error_message = "messages_time_limit must be an ISO-8601 duration of days, hours, minutes and seconds, such as PT50S."
  }
}

variable "state_keep" {
  description = "How long runs are kept in the table. Default: `P400D`."
  type        = string
  default     = null

  validation {
    condition     = var.state_keep == null || can(regex("^P(\\d+D)?(T(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?)?$", var.state_keep)) && can(regex("[0-9][DHMS]$", var.state_keep))
    error_message = "state_keep must be an ISO-8601 duration of days, hours, minutes and seconds, such as P400D."
  }
}

variable "availability_limit" {
  description = "How long published segments may take until they are served. Default: `PT1H`."
  type        = string
  default     = null

  validation {
    condition     = var.availability_limit == null || can(regex("^P(\\d+D)?(T(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?)?$", var.availability_limit)) && can(regex("[0-9][DHMS]$", var.availability_limit))
    error_message = "availability_limit must be an ISO-8601 duration of days, hours, minutes and seconds, such as PT1H."
  }
}

variable "availability_patience" {
  description = "How long row counts may disagree before they count as wrong. Default: `PT2M`."
  type        = string
  default     = null

  validation {
    condition     = var.availability_patience == null || can(regex("^P(\\d+D)?(T(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?)?$", var.availability_patience)) && can(regex("[0-9][DHMS]$", var.availability_patience))
    error_message = "availability_patience must be an ISO-8601 duration of days, hours, minutes and seconds, such as PT2M."
  }
}

variable "rollback_settle" {
  description = "How long a rollback looks for runs that a function may still be planning from the bad version. Default: `PT90S`."
  type        = string
  default     = null

  validation {
    condition     = var.rollback_settle == null || can(regex("^P(\\d+D)?(T(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?)?$", var.rollback_settle)) && can(regex("[0-9][DHMS]$", var.rollback_settle))
    error_message = "rollback_settle must be an ISO-8601 duration of days, hours, minutes and seconds, such as PT90S."
  }
}

# Polling

variable "poll_min_interval" {
  description = "Shortest interval between two checks of a run. Default: `PT1S`."
  type        = string
  default     = null

  validation {
    condition     = var.poll_min_interval == null || can(regex("^P(\\d+D)?(T(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?)?$", var.poll_min_interval)) && can(regex("[0-9][DHMS]$", var.poll_min_interval))
    error_message = "poll_min_interval must be an ISO-8601 duration of days, hours, minutes and seconds, such as PT5S."
  }
}

variable "poll_max_interval" {
  description = "Longest interval between two checks of a run. Default: `PT5M`."
  type        = string
  default     = null

  validation {
    condition     = var.poll_max_interval == null || can(regex("^P(\\d+D)?(T(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?)?$", var.poll_max_interval)) && can(regex("[0-9][DHMS]$", var.poll_max_interval))
    error_message = "poll_max_interval must be an ISO-8601 duration of days, hours, minutes and seconds, such as PT5M."
  }
}

variable "poll_retry_delay" {
  description = "When `poll` republishes the event of a planned run that is not submitted yet. Default: `PT1M`."
  type        = string
  default     = null

  validation {
    condition     = var.poll_retry_delay == null || can(regex("^P(\\d+D)?(T(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?)?$", var.poll_retry_delay)) && can(regex("[0-9][DHMS]$", var.poll_retry_delay))
    error_message = "poll_retry_delay must be an ISO-8601 duration of days, hours, minutes and seconds, such as PT1M."
  }
}

variable "poll_max_items" {
  description = "Maximum due items per tick; the rest stays due. Default: `16000`."
  type        = number
  default     = null

  validation {
    condition     = try(var.poll_max_items >= 1 && var.poll_max_items <= 1000000 && floor(var.poll_max_items) == var.poll_max_items, var.poll_max_items == null)
    error_message = "poll_max_items must be a whole number from 1 to 1000000."
  }
}

variable "poll_look_ahead" {
  description = "A tick goes on while something becomes due within this time. Keep it at the interval of the schedule of `poll`. Default: `PT1M`."
  type        = string
  default     = null

  validation {
    condition     = var.poll_look_ahead == null || can(regex("^P(\\d+D)?(T(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?)?$", var.poll_look_ahead)) && can(regex("[0-9][DHMS]$", var.poll_look_ahead))
    error_message = "poll_look_ahead must be an ISO-8601 duration of days, hours, minutes and seconds, such as PT1M."
  }
}

variable "poll_time_limit" {
  description = "After this time a tick starts no further check. Keep it ten seconds below the timeout of `poll`. Default: `PT45S`."
  type        = string
  default     = null

  validation {
    condition     = var.poll_time_limit == null || can(regex("^P(\\d+D)?(T(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?)?$", var.poll_time_limit)) && can(regex("[0-9][DHMS]$", var.poll_time_limit))
    error_message = "poll_time_limit must be an ISO-8601 duration of days, hours, minutes and seconds, such as PT45S."
  }
}

# Settings of datasources, drift and compaction

variable "settings_check_interval" {
  description = "How often Sluice compares supervisors, rules and compaction with the definition. Default: `PT15M`."
  type        = string
  default     = null

  validation {
    condition     = var.settings_check_interval == null || can(regex("^P(\\d+D)?(T(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?)?$", var.settings_check_interval)) && can(regex("[0-9][DHMS]$", var.settings_check_interval))
    error_message = "settings_check_interval must be an ISO-8601 duration of days, hours, minutes and seconds, such as PT15M."
  }
}

variable "settings_patience" {
  description = "How long an apply or rollback waits for the clusters before it responds. Keep it below the timeout of `gate`. Default: `PT10S`."
  type        = string
  default     = null

  validation {
    condition     = var.settings_patience == null || can(regex("^P(\\d+D)?(T(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?)?$", var.settings_patience)) && can(regex("[0-9][DHMS]$", var.settings_patience))
    error_message = "settings_patience must be an ISO-8601 duration of days, hours, minutes and seconds, such as PT10S."
  }
}

variable "settings_start_limit" {
  description = "How long a supervisor may take to run before it counts as failed. Default: `PT5M`."
  type        = string
  default     = null

  validation {
    condition     = var.settings_start_limit == null || can(regex("^P(\\d+D)?(T(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?)?$", var.settings_start_limit)) && can(regex("[0-9][DHMS]$", var.settings_start_limit))
    error_message = "settings_start_limit must be an ISO-8601 duration of days, hours, minutes and seconds, such as PT5M."
  }
}

variable "settings_end_limit" {
  description = "How long the tasks of a terminated supervisor may take to publish before Sluice shuts them down. Default: `PT30M`."
  type        = string
  default     = null

  validation {
    condition     = var.settings_end_limit == null || can(regex("^P(\\d+D)?(T(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?)?$", var.settings_end_limit)) && can(regex("[0-9][DHMS]$", var.settings_end_limit))
    error_message = "settings_end_limit must be an ISO-8601 duration of days, hours, minutes and seconds, such as PT30M."
  }
}

variable "settings_drop_pause" {
  description = "How long the next cluster waits for rules that drop rows after the one before it got them. Default: `PT1H`."
  type        = string
  default     = null

  validation {
    condition     = var.settings_drop_pause == null || can(regex("^P(\\d+D)?(T(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?)?$", var.settings_drop_pause)) && can(regex("[0-9][DHMS]$", var.settings_drop_pause))
    error_message = "settings_drop_pause must be an ISO-8601 duration of days, hours, minutes and seconds, such as PT1H."
  }
}

variable "streams_operation_limit" {
  description = "How long an operation on a stream may take, with the time that tasks need to publish. Default: `PT1H`."
  type        = string
  default     = null

  validation {
    condition     = var.streams_operation_limit == null || can(regex("^P(\\d+D)?(T(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?)?$", var.streams_operation_limit)) && can(regex("[0-9][DHMS]$", var.streams_operation_limit))
    error_message = "streams_operation_limit must be an ISO-8601 duration, such as `PT1H`."
  }
}

variable "streams_watch" {
  description = "How often streams are looked at. Default: `PT5M`."
  type        = string
  default     = null

  validation {
    condition     = var.streams_watch == null || can(regex("^P(\\d+D)?(T(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?)?$", var.streams_watch)) && can(regex("[0-9][DHMS]$", var.streams_watch))
    error_message = "streams_watch must be an ISO-8601 duration, such as `PT5M`."
  }
}

variable "streams_sample" {
  description = "How often Sluice samples the messages of each Kafka stream for drift; `PT0S` for never. Default: `PT1H`."
  type        = string
  default     = null

  validation {
    condition     = var.streams_sample == null || can(regex("^P(\\d+D)?(T(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?)?$", var.streams_sample)) && can(regex("[0-9][DHMS]$", var.streams_sample))
    error_message = "streams_sample must be an ISO-8601 duration, such as PT1H."
  }
}

variable "streams_max_lag" {
  description = "Number of unread messages above which a stream lags. Default: `100000`."
  type        = number
  default     = null

  validation {
    condition     = try(var.streams_max_lag >= 0 && floor(var.streams_max_lag) == var.streams_max_lag, var.streams_max_lag == null)
    error_message = "streams_max_lag must be a whole number from 0."
  }
}

variable "streams_lag_patience" {
  description = "How long a stream may lag, with a lag that does not shrink, before it is reported. Default: `PT15M`."
  type        = string
  default     = null

  validation {
    condition     = var.streams_lag_patience == null || can(regex("^P(\\d+D)?(T(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?)?$", var.streams_lag_patience)) && can(regex("[0-9][DHMS]$", var.streams_lag_patience))
    error_message = "streams_lag_patience must be an ISO-8601 duration, such as `PT15M`."
  }
}

variable "drift_max_new_columns" {
  description = "Maximum number of columns that `drift: evolve` adds at once. Default: `50`."
  type        = number
  default     = null

  validation {
    condition     = try(var.drift_max_new_columns >= 0 && var.drift_max_new_columns <= 10000 && floor(var.drift_max_new_columns) == var.drift_max_new_columns, var.drift_max_new_columns == null)
    error_message = "drift_max_new_columns must be a whole number from 0 to 10000."
  }
}

variable "drift_max_columns" {
  description = "Maximum number of dimensions that a definition may have after `drift: evolve` has added some. Default: `500`."
  type        = number
  default     = null

  validation {
    condition     = try(var.drift_max_columns >= 0 && var.drift_max_columns <= 100000 && floor(var.drift_max_columns) == var.drift_max_columns, var.drift_max_columns == null)
    error_message = "drift_max_columns must be a whole number from 0 to 100000."
  }
}

variable "compaction_retry_delay" {
  description = "First delay before Sluice checks again a time chunk that waits for compaction. Default: `PT1M`."
  type        = string
  default     = null

  validation {
    condition     = var.compaction_retry_delay == null || can(regex("^P(\\d+D)?(T(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?)?$", var.compaction_retry_delay)) && can(regex("[0-9][DHMS]$", var.compaction_retry_delay))
    error_message = "compaction_retry_delay must be an ISO-8601 duration of days, hours, minutes and seconds, such as PT1M."
  }
}

variable "compaction_watch" {
  description = "How often Sluice checks the progress of Druid's automatic compaction. Default: `PT15M`."
  type        = string
  default     = null

  validation {
    condition     = var.compaction_watch == null || can(regex("^P(\\d+D)?(T(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?)?$", var.compaction_watch)) && can(regex("[0-9][DHMS]$", var.compaction_watch))
    error_message = "compaction_watch must be an ISO-8601 duration of days, hours, minutes and seconds, such as PT15M."
  }
}

variable "compaction_patience" {
  description = "How long automatic compaction may make no progress before Sluice reports it. Default: `PT6H`."
  type        = string
  default     = null

  validation {
    condition     = var.compaction_patience == null || can(regex("^P(\\d+D)?(T(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?)?$", var.compaction_patience)) && can(regex("[0-9][DHMS]$", var.compaction_patience))
    error_message = "compaction_patience must be an ISO-8601 duration of days, hours, minutes and seconds, such as PT6H."
  }
}

# Retention

variable "retention_max_share" {
  description = "Largest share of a datasource, by segments and by bytes, that one sweep marks unused or purges. Default: `0.5`."
  type        = number
  default     = null

  validation {
    condition     = try(var.retention_max_share > 0 && var.retention_max_share <= 1, var.retention_max_share == null)
    error_message = "retention_max_share must be above 0 and at most 1."
  }
}

variable "retention_request_max_share" {
  description = "Largest share of a datasource that a person may request for one sweep (`mostShare`). Default: `1`."
  type        = number
  default     = null

  validation {
    condition     = try(var.retention_request_max_share > 0 && var.retention_request_max_share <= 1, var.retention_request_max_share == null)
    error_message = "retention_request_max_share must be above 0 and at most 1."
  }
}

variable "retention_request_orphans" {
  description = "Whether a person may request a sweep that deletes a datasource without a definition (`orphan`). Default: `true`."
  type        = bool
  default     = null
}

variable "retention_max_segments" {
  description = "Maximum segments of each category that one sweep of a datasource acts on. Default: `50000`."
  type        = number
  default     = null

  validation {
    condition     = try(var.retention_max_segments >= 1 && var.retention_max_segments <= 10000000 && floor(var.retention_max_segments) == var.retention_max_segments, var.retention_max_segments == null)
    error_message = "retention_max_segments must be a whole number from 1 to 10000000."
  }
}

variable "retention_max_kills" {
  description = "Maximum kill runs that one sweep of a datasource plans. Default: `20`."
  type        = number
  default     = null

  validation {
    condition     = try(var.retention_max_kills >= 0 && var.retention_max_kills <= 10000 && floor(var.retention_max_kills) == var.retention_max_kills, var.retention_max_kills == null)
    error_message = "retention_max_kills must be a whole number from 0 to 10000."
  }
}

variable "retention_min_buffer" {
  description = "Shortest `purgeAfter` of a datasource with appends or streams. Default: `P1D`."
  type        = string
  default     = null

  validation {
    condition     = var.retention_min_buffer == null || can(regex("^P(\\d+D)?(T(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?)?$", var.retention_min_buffer)) && can(regex("[0-9][DHMS]$", var.retention_min_buffer))
    error_message = "retention_min_buffer must be an ISO-8601 duration of days, hours, minutes and seconds, such as P1D."
  }
}

variable "retention_overshadowed_after" {
  description = "How long a segment must be overshadowed before a sweep marks it unused. Default: `P1D`."
  type        = string
  default     = null

  validation {
    condition     = var.retention_overshadowed_after == null || can(regex("^P(\\d+D)?(T(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?)?$", var.retention_overshadowed_after)) && can(regex("[0-9][DHMS]$", var.retention_overshadowed_after))
    error_message = "retention_overshadowed_after must be an ISO-8601 duration of days, hours, minutes and seconds, such as P1D."
  }
}

variable "retention_orphans" {
  description = "What to do with datasources without a definition: `report` them, remove those that Sluice has `loaded`, or remove `all`. Default: `report`."
  type        = string
  default     = null

  validation {
    condition     = contains(["report", "loaded", "all"], coalesce(var.retention_orphans, "report"))
    error_message = "retention_orphans must be one of report, loaded, all."
  }
}

variable "retention_orphan_after" {
  description = "How long a datasource must be without a definition before it is removed. Default: `P7D`."
  type        = string
  default     = null

  validation {
    condition     = var.retention_orphan_after == null || can(regex("^P(\\d+D)?(T(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?)?$", var.retention_orphan_after)) && can(regex("[0-9][DHMS]$", var.retention_orphan_after))
    error_message = "retention_orphan_after must be an ISO-8601 duration of days, hours, minutes and seconds, such as P7D."
  }
}

variable "retention_orphan_purge_after" {
  description = "How long the unused segments of such a datasource are kept. Default: `P30D`."
  type        = string
  default     = null

  validation {
    condition     = var.retention_orphan_purge_after == null || can(regex("^P(\\d+D)?(T(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?)?$", var.retention_orphan_purge_after)) && can(regex("[0-9][DHMS]$", var.retention_orphan_purge_after))
    error_message = "retention_orphan_purge_after must be an ISO-8601 duration of days, hours, minutes and seconds, such as P30D."
  }
}

variable "retention_pause" {
  description = "A second scheduled sweep of a datasource within this time is skipped. Default: `PT1H`."
  type        = string
  default     = null

  validation {
    condition     = var.retention_pause == null || can(regex("^P(\\d+D)?(T(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?)?$", var.retention_pause)) && can(regex("[0-9][DHMS]$", var.retention_pause))
    error_message = "retention_pause must be an ISO-8601 duration of days, hours, minutes and seconds, such as PT1H."
  }
}

variable "retention_time_limit" {
  description = "After this time `retain` starts no further sweep. Keep it two minutes below the timeout of `retain`. Default: `PT13M`."
  type        = string
  default     = null

  validation {
    condition     = var.retention_time_limit == null || can(regex("^P(\\d+D)?(T(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?)?$", var.retention_time_limit)) && can(regex("[0-9][DHMS]$", var.retention_time_limit))
    error_message = "retention_time_limit must be an ISO-8601 duration of days, hours, minutes and seconds, such as PT13M."
  }
}

variable "retention_keep_reports" {
  description = "How long reports are kept. Default: `P400D`."
  type        = string
  default     = null

  validation {
    condition     = var.retention_keep_reports == null || can(regex("^P(\\d+D)?(T(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?)?$", var.retention_keep_reports)) && can(regex("[0-9][DHMS]$", var.retention_keep_reports))
    error_message = "retention_keep_reports must be an ISO-8601 duration of days, hours, minutes and seconds, such as P400D."
  }
}

# Defaults of generated specs: docs/defaults.md

variable "default_timeout" {
  description = "Time limit of a run whose definition sets none. Default: `PT4H`."
  type        = string
  default     = null

  validation {
    condition     = var.default_timeout == null || can(regex("^P(\\d+D)?(T(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?)?$", var.default_timeout)) && can(regex("[0-9][DHMS]$", var.default_timeout))
    error_message = "default_timeout must be an ISO-8601 duration of days, hours, minutes and seconds, such as PT4H."
  }
}

variable "default_priority" {
  description = "`context.priority` of a task whose definition sets none. Default: Druid's own."
  type        = number
  default     = null

  validation {
    condition     = try(var.default_priority >= 0 && var.default_priority <= 2147483647 && floor(var.default_priority) == var.default_priority, var.default_priority == null)
    error_message = "default_priority must be a whole number from 0 to 2147483647."
  }
}

variable "default_target_rows" {
  description = "Target number of rows per segment. Default: `5000000`."
  type        = number
  default     = null

  validation {
    condition     = try(var.default_target_rows >= 1 && var.default_target_rows <= 100000000 && floor(var.default_target_rows) == var.default_target_rows, var.default_target_rows == null)
    error_message = "default_target_rows must be a whole number from 1 to 100000000."
  }
}

variable "default_target_segment_bytes" {
  description = "Target size of a segment in bytes. Default: `500000000`."
  type        = number
  default     = null

  validation {
    condition     = try(var.default_target_segment_bytes >= 1000000 && var.default_target_segment_bytes <= 10000000000 && floor(var.default_target_segment_bytes) == var.default_target_segment_bytes, var.default_target_segment_bytes == null)
    error_message = "default_target_segment_bytes must be a whole number from 1000000 to 10000000000."
  }
}

variable "default_max_sub_tasks" {
  description = "Upper bound of `maxNumConcurrentSubTasks`. Keep it below the number of worker slots. Default: `4`."
  type        = number
  default     = null

  validation {
    condition     = try(var.default_max_sub_tasks >= 1 && var.default_max_sub_tasks <= 1000 && floor(var.default_max_sub_tasks) == var.default_max_sub_tasks, var.default_max_sub_tasks == null)
    error_message = "default_max_sub_tasks must be a whole number from 1 to 1000."
  }
}

variable "default_bytes_per_sub_task" {
  description = "Uncompressed input in bytes that justifies another subtask. Default: `500000000`."
  type        = number
  default     = null

  validation {
    condition     = try(var.default_bytes_per_sub_task >= 1000000 && var.default_bytes_per_sub_task <= 1000000000000 && floor(var.default_bytes_per_sub_task) == var.default_bytes_per_sub_task, var.default_bytes_per_sub_task == null)
    error_message = "default_bytes_per_sub_task must be a whole number from 1000000 to 1000000000000."
  }
}

variable "default_max_rows_in_memory" {
  description = "`maxRowsInMemory`. Default: Druid's own."
  type        = number
  default     = null

  validation {
    condition     = try(var.default_max_rows_in_memory >= 1 && var.default_max_rows_in_memory <= 2147483647 && floor(var.default_max_rows_in_memory) == var.default_max_rows_in_memory, var.default_max_rows_in_memory == null)
    error_message = "default_max_rows_in_memory must be a whole number from 1 to 2147483647."
  }
}

variable "default_max_saved_parse_exceptions" {
  description = "How many unparseable rows a task's report shows. Default: `5`."
  type        = number
  default     = null

  validation {
    condition     = try(var.default_max_saved_parse_exceptions >= 0 && var.default_max_saved_parse_exceptions <= 1000 && floor(var.default_max_saved_parse_exceptions) == var.default_max_saved_parse_exceptions, var.default_max_saved_parse_exceptions == null)
    error_message = "default_max_saved_parse_exceptions must be a whole number from 0 to 1000."
  }
}

variable "default_task_status_check_period_ms" {
  description = "How often a parallel task checks its subtasks, in milliseconds. Default: Druid's own."
  type        = number
  default     = null

  validation {
    condition     = try(var.default_task_status_check_period_ms >= 1 && var.default_task_status_check_period_ms <= 2147483647 && floor(var.default_task_status_check_period_ms) == var.default_task_status_check_period_ms, var.default_task_status_check_period_ms == null)
    error_message = "default_task_status_check_period_ms must be a whole number from 1 to 2147483647."
  }
}

# Metrics and freshness

variable "metrics_enabled" {
  description = "Whether functions write metrics into their log. Without them there are no alarms on late or wrong data. Default: `true`."
  type        = bool
  default     = null
}

variable "freshness_watch" {
  description = "How often Sluice compares the age of the data with what definitions expect (`expect: {freshness: ...}`). Default: `PT5M`."
  type        = string
  default     = null

  validation {
    condition     = var.freshness_watch == null || can(regex("^P(\\d+D)?(T(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?)?$", var.freshness_watch)) && can(regex("[0-9][DHMS]$", var.freshness_watch))
    error_message = "freshness_watch must be an ISO-8601 duration of days, hours, minutes and seconds, such as PT5M."
  }
}

locals {
  settings = {
    DEFINITIONS_REFRESH                 = var.definitions_refresh
    TAGGING                             = var.tagging
    ATTEMPTS                            = var.attempts
    CLUSTER_GRACE                       = var.cluster_grace
    MESSAGES_TIME_LIMIT                 = var.messages_time_limit
    STATE_KEEP                          = var.state_keep
    AVAILABILITY_LIMIT                  = var.availability_limit
    AVAILABILITY_PATIENCE               = var.availability_patience
    ROLLBACK_SETTLE                     = var.rollback_settle
    POLL_MIN_INTERVAL                   = var.poll_min_interval
    POLL_MAX_INTERVAL                   = var.poll_max_interval
    POLL_RETRY_DELAY                    = var.poll_retry_delay
    POLL_MAX_ITEMS                      = var.poll_max_items
    POLL_LOOK_AHEAD                     = var.poll_look_ahead
    POLL_TIME_LIMIT                     = var.poll_time_limit
    SETTINGS_CHECK_INTERVAL             = var.settings_check_interval
    SETTINGS_PATIENCE                   = var.settings_patience
    SETTINGS_START_LIMIT                = var.settings_start_limit
    SETTINGS_END_LIMIT                  = var.settings_end_limit
    SETTINGS_DROP_PAUSE                 = var.settings_drop_pause
    STREAMS_OPERATION_LIMIT             = var.streams_operation_limit
    STREAMS_WATCH                       = var.streams_watch
    STREAMS_SAMPLE                      = var.streams_sample
    STREAMS_MAX_LAG                     = var.streams_max_lag
    STREAMS_LAG_PATIENCE                = var.streams_lag_patience
    DRIFT_MAX_NEW_COLUMNS               = var.drift_max_new_columns
    DRIFT_MAX_COLUMNS                   = var.drift_max_columns
    METRICS_ENABLED                     = var.metrics_enabled
    FRESHNESS_WATCH                     = var.freshness_watch
    COMPACTION_RETRY_DELAY              = var.compaction_retry_delay
    COMPACTION_WATCH                    = var.compaction_watch
    COMPACTION_PATIENCE                 = var.compaction_patience
    RETENTION_MAX_SHARE                 = var.retention_max_share
    RETENTION_REQUEST_MAX_SHARE         = var.retention_request_max_share
    RETENTION_REQUEST_ORPHANS           = var.retention_request_orphans
    RETENTION_MAX_SEGMENTS              = var.retention_max_segments
    RETENTION_MAX_KILLS                 = var.retention_max_kills
    RETENTION_MIN_BUFFER                = var.retention_min_buffer
    RETENTION_OVERSHADOWED_AFTER        = var.retention_overshadowed_after
    RETENTION_ORPHANS                   = var.retention_orphans
    RETENTION_ORPHAN_AFTER              = var.retention_orphan_after
    RETENTION_ORPHAN_PURGE_AFTER        = var.retention_orphan_purge_after
    RETENTION_PAUSE                     = var.retention_pause
    RETENTION_TIME_LIMIT                = var.retention_time_limit
    RETENTION_KEEP_REPORTS              = var.retention_keep_reports
    DEFAULT_TIMEOUT                     = var.default_timeout
    DEFAULT_PRIORITY                    = var.default_priority
    DEFAULT_TARGET_ROWS                 = var.default_target_rows
    DEFAULT_TARGET_SEGMENT_BYTES        = var.default_target_segment_bytes
    DEFAULT_MAX_SUB_TASKS               = var.default_max_sub_tasks
    DEFAULT_BYTES_PER_SUB_TASK          = var.default_bytes_per_sub_task
    DEFAULT_MAX_ROWS_IN_MEMORY          = var.default_max_rows_in_memory
    DEFAULT_MAX_SAVED_PARSE_EXCEPTIONS  = var.default_max_saved_parse_exceptions
    DEFAULT_TASK_STATUS_CHECK_PERIOD_MS = var.default_task_status_check_period_ms
  }
}
