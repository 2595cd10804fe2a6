# Every switch and every choice, each against what it is to make.

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  function_zip = "versions.tf" # any file will do
  clusters     = { main = { url = "https://druid.example.com" } }
}

run "names_tags_and_boundary" {
  command = plan

  variables {
    prefix                   = "team-sluice"
    environment              = "prod"
    role_path                = "/data/"
    permissions_boundary_arn = "arn:aws:iam::123456789012:policy/boundary"
    tags                     = { team = "data" }
    architecture             = "x86_64"
    log_retention_days       = 90
    functions                = { generate = { memory_megabytes = 1024, timeout_seconds = 90, reserved_concurrency = 10 } }
    extra_environment        = { QUARKUS_LOG_LEVEL = "DEBUG" }
  }

  assert {
    condition     = alltrue([for name, f in aws_lambda_function.this : f.function_name == "team-sluice-prod-${name}" && f.tags == tomap({ team = "data" }) && f.architectures == tolist(["x86_64"])])
    error_message = "Prefix, environment, tags and architecture are those given."
  }

  assert {
    condition     = alltrue([for r in aws_iam_role.function : r.path == "/data/" && r.permissions_boundary == "arn:aws:iam::123456789012:policy/boundary"]) && aws_iam_role.scheduler.path == "/data/" && aws_iam_role.scheduler.permissions_boundary == "arn:aws:iam::123456789012:policy/boundary"
    error_message = "Every role is bounded and lies under the path."
  }

  assert {
    condition     = aws_lambda_function.this["generate"].memory_size == 1024 && aws_lambda_function.this["generate"].timeout == 90 && aws_lambda_function.this["generate"].reserved_concurrent_executions == 10 && aws_lambda_function.this["submit"].memory_size == 512
    error_message = "One function changes, the others stay."
  }

  assert {
    condition     = aws_sqs_queue.this["generate"].visibility_timeout_seconds == 540 && aws_lambda_event_source_mapping.queue["generate"].scaling_config[0].maximum_concurrency == 10
    error_message = "A queue follows its function's timeout and concurrency."
  }

  assert {
    condition     = alltrue([for g in aws_cloudwatch_log_group.function : g.retention_in_days == 90]) && aws_cloudwatch_log_group.api[0].retention_in_days == 90
    error_message = "All logs are kept as long."
  }

  assert {
    condition     = aws_lambda_function.this["poll"].environment[0].variables.QUARKUS_LOG_LEVEL == "DEBUG" && aws_lambda_function.this["poll"].environment[0].variables.SLUICE_ENVIRONMENT == "prod"
    error_message = "Further variables stand beside those of the module."
  }

  assert {
    condition     = jsondecode(aws_cloudwatch_event_rule.this["run-ended"].event_pattern).source == [{ prefix = "/sluice/prod/" }]
    error_message = "Rules take the events of this environment alone."
  }
}

run "package_in_s3" {
  command = plan

  variables {
    function_zip = null
    function_s3_object = {
      bucket  = "artifacts"
      key     = "function.zip"
      version = "3"
      sha256  = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
    }
  }

  assert {
    condition     = alltrue([for f in aws_lambda_function.this : f.s3_bucket == "artifacts" && f.s3_key == "function.zip" && f.s3_object_version == "3" && f.source_code_hash == "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" && f.filename == null])
    error_message = "All functions come from the object, and anew when its digest changes."
  }
}

run "released_package" {
  command = plan

  variables {
    function_zip = null
    architecture = "x86_64"
    function_release = {
      repository = "https://github.com/OWNER/sluice"
      version    = "0.1.0"
      sha256     = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    }
  }

  assert {
    condition     = local.release["e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"] == "https://github.com/OWNER/sluice/releases/download/v0.1.0/sluice-function-0.1.0-x86_64.zip"
    error_message = "The package is that of the version and the architecture."
  }

  assert {
    condition     = alltrue([for f in aws_lambda_function.this : f.s3_key == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855.zip" && f.source_code_hash == "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" && f.filename == null])
    error_message = "All functions come from the bucket, and Lambda gets the digest of the release in base64."
  }

  assert {
    condition     = length(aws_s3_bucket_public_access_block.release) == 1
    error_message = "The bucket of packages is not public."
  }
}

run "everything_off" {
  command = plan

  variables {
    reserve_concurrency          = false
    api_enabled                  = false
    alarms_enabled               = false
    dashboard_enabled            = false
    tagging                      = false
    table_deletion_protection    = false
    table_point_in_time_recovery = false
    force_destroy_buckets        = true
    notify                       = { email = ["oncall@example.com"] }
    schedules                    = { poll = { enabled = false }, retain = { enabled = false } }
  }

  assert {
    condition     = alltrue([for f in aws_lambda_function.this : f.reserved_concurrent_executions == -1])
    error_message = "No concurrency is reserved."
  }

  assert {
    condition     = length(aws_apigatewayv2_api.this) + length(aws_apigatewayv2_stage.default) + length(aws_lambda_permission.api) + length(aws_cloudwatch_log_group.api) == 0 && output.api_url == null && output.curl == null && output.api_read_policy == null
    error_message = "There is no API."
  }

  assert {
    condition     = length(aws_cloudwatch_metric_alarm.this) + length(aws_cloudwatch_event_rule.alarm) + length(aws_cloudwatch_dashboard.this) == 0 && length(aws_sns_topic_subscription.email) == 1
    error_message = "There are no alarms and no dashboard, and events are told all the same."
  }

  assert {
    condition     = !aws_dynamodb_table.state.deletion_protection_enabled && !aws_dynamodb_table.state.point_in_time_recovery[0].enabled && alltrue([for b in aws_s3_bucket.this : b.force_destroy])
    error_message = "All can be destroyed."
  }

  assert {
    condition     = alltrue([for s in aws_scheduler_schedule.this : s.state == "DISABLED"])
    error_message = "Both schedules pause."
  }

  assert {
    condition     = aws_lambda_function.this["follow"].environment[0].variables.SLUICE_TAGGING == "false" && length(local.resources["dataObjectsTagged"]) == 0
    error_message = "Without tagging follow may not tag."
  }
}

run "settings_and_clusters_reach_the_environment" {
  command = plan

  variables {
    poll_min_interval       = "PT2S"
    poll_max_items          = 500
    retention_max_share     = 0.25
    retention_orphans       = "loaded"
    default_target_rows     = 1000000
    settings_check_interval = "PT5M"
    tagging                 = true
    definition_variables    = { KAFKA = "broker:9092", LANDING_BUCKET = "mine" }
    clusters = {
      main = { url = "https://druid.example.com" }
      onprem = {
        url             = "https://druid.example.org:9088"
        overlord_url    = "https://druid.example.org:8290"
        coordinator_url = "https://druid.example.org:8281"
        object_access   = "presigned"
        druid_version   = "37"
        auto_kill       = "off"
        console         = "https://console.example.org/unified-console.html"
        timeout         = "PT1M30S"

        inventory_timeout = "PT5M"
      }
    }
  }

  assert {
    condition = alltrue([
      for name, value in {
        SLUICE_POLL_MIN_INTERVAL               = "PT2S"
        SLUICE_POLL_MAX_ITEMS                  = "500"
        SLUICE_RETENTION_MAX_SHARE             = "0.25"
        SLUICE_RETENTION_ORPHANS               = "loaded"
        SLUICE_DEFAULT_TARGET_ROWS             = "1000000"
        SLUICE_SETTINGS_CHECK_INTERVAL         = "PT5M"
        SLUICE_TAGGING                         = "true"
        SLUICE_VARIABLES                       = "KAFKA,LANDING_BUCKET"
        KAFKA                                  = "broker:9092"
        LANDING_BUCKET                         = "mine"
        SLUICE_CLUSTERS_MAIN_URL               = "https://druid.example.com"
        SLUICE_CLUSTERS_ONPREM_URL             = "https://druid.example.org:9088"
        SLUICE_CLUSTERS_ONPREM_OVERLORD_URL    = "https://druid.example.org:8290"
        SLUICE_CLUSTERS_ONPREM_COORDINATOR_URL = "https://druid.example.org:8281"
        SLUICE_CLUSTERS_ONPREM_OBJECT_ACCESS   = "presigned"
        SLUICE_CLUSTERS_ONPREM_DRUID_VERSION   = "37"
        SLUICE_CLUSTERS_ONPREM_AUTO_KILL       = "off"
        SLUICE_CLUSTERS_ONPREM_CONSOLE         = "https://console.example.org/unified-console.html"
        SLUICE_CLUSTERS_ONPREM_TIMEOUT         = "PT1M30S"

        SLUICE_CLUSTERS_ONPREM_INVENTORY_TIMEOUT = "PT5M"
      } : alltrue([for f in aws_lambda_function.this : f.environment[0].variables[name] == value])
    ])
    error_message = "Every function gets every setting by its name."
  }

  assert {
    condition     = length(local.resources["dataObjectsPresigned"]) == 1
    error_message = "For presigned access functions may read data."
  }
}

run "secrets_go_by_reference" {
  command = apply

  variables {
    clusters = {
      main   = { url = "https://druid.example.com", secret = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:druid-AbCdEf" }
      second = { url = "https://druid.example.org", secret = "/sluice/druid" }
      third  = { url = "https://druid.example.net", secret = "arn:aws:ssm:eu-central-1:123456789012:parameter/shared/druid" }
    }
    definition_secrets = {
      KAFKA_PASSWORD = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:kafka-GhIjKl#password"
      REGISTRY_TOKEN = "/sluice/registry"
    }
    secret_kms_key_arns = ["arn:aws:kms:eu-central-1:123456789012:key/1"]
  }

  assert {
    condition     = aws_lambda_function.this["submit"].environment[0].variables.SLUICE_CLUSTERS_MAIN_SECRET == "arn:aws:secretsmanager:eu-central-1:123456789012:secret:druid-AbCdEf" && aws_lambda_function.this["submit"].environment[0].variables.SLUICE_CLUSTERS_SECOND_SECRET == "/sluice/druid"
    error_message = "A cluster's secret is named in the environment."
  }

  assert {
    condition     = aws_lambda_function.this["submit"].environment[0].variables.SLUICE_SECRETS == "KAFKA_PASSWORD=arn:aws:secretsmanager:eu-central-1:123456789012:secret:kafka-GhIjKl#password,REGISTRY_TOKEN=/sluice/registry"
    error_message = "The secrets of definitions are named in the environment."
  }

  assert {
    condition = alltrue([
      for p in aws_iam_role_policy.function :
      [for s in jsondecode(p.policy).Statement : s.Resource if s.Action == ["secretsmanager:GetSecretValue"]] == [[
        "arn:aws:secretsmanager:eu-central-1:123456789012:secret:druid-AbCdEf",
        "arn:aws:secretsmanager:eu-central-1:123456789012:secret:kafka-GhIjKl",
      ]]
    ])
    error_message = "Functions may read exactly the secrets that are referred to."
  }

  assert {
    condition = alltrue([
      for p in aws_iam_role_policy.function :
      [for s in jsondecode(p.policy).Statement : s.Resource if s.Action == ["ssm:GetParameter"]] == [[
        "arn:aws:ssm:eu-central-1:123456789012:parameter/shared/druid",
        "arn:aws:ssm:eu-central-1:123456789012:parameter/sluice/druid",
        "arn:aws:ssm:eu-central-1:123456789012:parameter/sluice/registry",
      ]]
    ])
    error_message = "Functions may read exactly the parameters that are referred to."
  }

  assert {
    condition = alltrue([
      for p in aws_iam_role_policy.function :
      [for s in jsondecode(p.policy).Statement : s.Resource if s.Sid == "UseSecretKeys"] == [["arn:aws:kms:eu-central-1:123456789012:key/1"]]
    ])
    error_message = "Functions may decrypt what secrets are encrypted with."
  }
}

run "credentials_over_http_by_choice" {
  command = plan

  variables {
    clusters = {
      main = { url = "http://druid.internal", secret = "/sluice/druid", plaintext_credentials = "allowed" }
    }
  }

  assert {
    condition     = aws_lambda_function.this["submit"].environment[0].variables.SLUICE_CLUSTERS_MAIN_PLAINTEXT_CREDENTIALS == "allowed"
    error_message = "A cluster may get credentials over http if its configuration says so."
  }
}

run "roles_of_callers" {
  command = plan

  variables {
    api_roles = {
      ci   = { claims = { groups = "ci" }, roles = ["read", "plan"] }
      team = { principals = ["arn:aws:sts::123456789012:assumed-role/wiki/*"], roles = ["apply"], datasources = ["wiki*"] }
    }
    retention_request_max_share = 0.8
    retention_request_orphans   = false
  }

  assert {
    condition = jsondecode(aws_lambda_function.this["gate"].environment[0].variables.SLUICE_GATE_ROLES) == [
      { claims = { groups = "ci" }, datasources = ["*"], roles = ["read", "plan"] },
      { principals = ["arn:aws:sts::123456789012:assumed-role/wiki/*"], datasources = ["wiki*"], roles = ["apply"] },
    ]
    error_message = "The gate gets the roles without what is empty."
  }

  assert {
    condition     = aws_lambda_function.this["gate"].environment[0].variables.SLUICE_RETENTION_REQUEST_MAX_SHARE == "0.8" && aws_lambda_function.this["gate"].environment[0].variables.SLUICE_RETENTION_REQUEST_ORPHANS == "false"
    error_message = "The gate gets the caps of requested sweeps."
  }
}

run "existing_bucket_of_another_owner_and_existing_bus" {
  command = apply

  variables {
    event_bus = { create = false, name = "default" }
    landing_buckets = {
      lake   = { create = false, bucket = "lake", prefix = "events/", notification = "external", kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/1" }
      remote = { create = false, bucket = "remote", notification = "external", account_id = "210987654321" }
      ours   = { create = false, bucket = "ours", prefix = "drop/", suffix = ".json" }
    }
    definitions = { landing_bucket = "lake", prefix = "sluice/" }
  }

  assert {
    condition     = length(aws_s3_bucket.this) == 0 && length(aws_cloudwatch_event_bus.this) == 0
    error_message = "Neither a bucket nor a bus is made."
  }

  assert {
    condition     = keys(aws_s3_bucket_notification.this) == ["ours"] && aws_s3_bucket_notification.this["ours"].queue[0].filter_prefix == "drop/" && aws_s3_bucket_notification.this["ours"].queue[0].filter_suffix == ".json"
    error_message = "Only the notification configuration that is ours is written."
  }

  assert {
    condition     = [for n in output.bucket_notifications["lake"] : n.prefix] == ["events/", "sluice/"] && output.bucket_notifications["remote"][0].queue_arn == aws_sqs_queue.this["generate"].arn
    error_message = "Owners of other buckets learn what to send where."
  }

  assert {
    condition = toset([
      for s in jsondecode(aws_sqs_queue_policy.this["generate"].policy).Statement :
      "${s.Condition.ArnEquals["aws:SourceArn"]} ${s.Condition.StringEquals["aws:SourceAccount"]}"
      if s.Effect == "Allow" && try(s.Principal.Service, "") == "s3.amazonaws.com"
    ]) == toset(["arn:aws:s3:::lake 123456789012", "arn:aws:s3:::ours 123456789012", "arn:aws:s3:::remote 210987654321"])
    error_message = "The queue takes from each bucket, by its account."
  }

  assert {
    condition     = alltrue([for r in aws_cloudwatch_event_rule.this : r.event_bus_name == "default"]) && aws_lambda_function.this["poll"].environment[0].variables.SLUICE_BUS == "default" && output.event_bus.arn == "arn:aws:events:eu-central-1:123456789012:event-bus/default"
    error_message = "Rules and functions use the existing bus."
  }

  assert {
    condition     = output.definitions_location == "s3://lake/sluice/" && !contains(keys(aws_lambda_function.this["poll"].environment[0].variables), "LANDING_BUCKET")
    error_message = "Definitions lie in the landing bucket, and nothing guesses its name."
  }

  assert {
    condition     = [for s in jsondecode(aws_iam_role_policy.function["generate"].policy).Statement : s.Resource if s.Sid == "DefinitionsObjects"] == [["arn:aws:s3:::lake/sluice/*"]]
    error_message = "Functions read definitions under their prefix alone."
  }

  assert {
    condition     = [for s in jsondecode(aws_iam_role_policy.function["follow"].policy).Statement : s.Resource if s.Sid == "DataObjectsTagged"] == [["arn:aws:s3:::lake/events/*", "arn:aws:s3:::ours/drop/*", "arn:aws:s3:::remote/*"]]
    error_message = "Objects are tagged under the prefixes of data alone."
  }

  assert {
    condition     = strcontains(output.druid_read_policy, "arn:aws:kms:eu-central-1:123456789012:key/1") && strcontains(output.druid_read_policy, "arn:aws:s3:::lake/events/*")
    error_message = "Druid may read what lands."
  }
}

run "private_network" {
  command = apply

  variables {
    clusters = {
      main = { url = "http://router.internal:8888" }
      tls  = { url = "https://router.internal", overlord_url = "https://overlord.internal:8290" }
    }
    network = {
      vpc_id             = "vpc-1"
      subnet_ids         = ["subnet-1", "subnet-2"]
      druid_cidr_blocks  = ["10.0.0.0/16"]
      security_group_ids = ["sg-of-the-company"]
    }
  }

  assert {
    condition     = alltrue([for f in aws_lambda_function.this : f.vpc_config[0].subnet_ids == toset(["subnet-1", "subnet-2"]) && length(f.vpc_config[0].security_group_ids) == 2])
    error_message = "All functions run in the subnets."
  }

  assert {
    condition     = toset([for r in aws_vpc_security_group_egress_rule.druid : "${r.cidr_ipv4} ${r.from_port}"]) == toset(["10.0.0.0/16 443", "10.0.0.0/16 8290", "10.0.0.0/16 8888"])
    error_message = "Functions reach the ports of the clusters' addresses."
  }

  assert {
    condition     = alltrue([for p in aws_iam_role_policy.function : strcontains(p.policy, "ec2:CreateNetworkInterface")])
    error_message = "Lambda may join the network for each function."
  }
}

run "keys_and_tracing" {
  command = apply

  variables {
    xray                        = true
    table_kms_key_arn           = "arn:aws:kms:eu-central-1:123456789012:key/table"
    queue_kms_key_arn           = "arn:aws:kms:eu-central-1:123456789012:key/queue"
    log_kms_key_arn             = "arn:aws:kms:eu-central-1:123456789012:key/log"
    environment_kms_key_arn     = "arn:aws:kms:eu-central-1:123456789012:key/environment"
    landing_buckets             = { landing = { kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/bucket" } }
    restrict_dead_letter_queues = true
  }

  assert {
    condition     = aws_dynamodb_table.state.server_side_encryption[0].kms_key_arn == "arn:aws:kms:eu-central-1:123456789012:key/table"
    error_message = "The table has its key."
  }

  assert {
    condition     = alltrue([for q in concat(values(aws_sqs_queue.this), values(aws_sqs_queue.dead_letter), [aws_sqs_queue.event_dead_letter, aws_sqs_queue.schedule_dead_letter]) : q.kms_master_key_id == "arn:aws:kms:eu-central-1:123456789012:key/queue"])
    error_message = "All queues have their key."
  }

  assert {
    condition     = alltrue([for f in aws_lambda_function.this : f.tracing_config[0].mode == "Active" && f.kms_key_arn == "arn:aws:kms:eu-central-1:123456789012:key/environment"]) && alltrue([for g in aws_cloudwatch_log_group.function : g.kms_key_id == "arn:aws:kms:eu-central-1:123456789012:key/log"])
    error_message = "Functions are traced, and their environment and logs have their keys."
  }

  assert {
    condition = alltrue([
      for name, p in aws_iam_role_policy.function : toset([for s in jsondecode(p.policy).Statement : s.Sid if startswith(s.Sid, "Use") || s.Sid == "Trace"])
      == (name == "gate" ? toset(["Trace", "UseTableKey", "UseBucketKeys"]) : toset(["Trace", "UseTableKey", "UseBucketKeys", "UseQueueKey"]))
    ])
    error_message = "Functions may use the keys of what they use."
  }

  assert {
    condition     = [for s in jsondecode(aws_iam_role_policy.scheduler.policy).Statement : s.Sid] == ["Invoke", "KeepUndeliveredTicks", "UseQueueKey"]
    error_message = "The scheduler may use the key of its dead-letter queue."
  }

  assert {
    condition     = [for r in aws_s3_bucket_server_side_encryption_configuration.this["landing"].rule : r.apply_server_side_encryption_by_default[0].sse_algorithm] == ["aws:kms"]
    error_message = "The bucket has its key."
  }

  assert {
    condition     = length(aws_sqs_queue_redrive_allow_policy.dead_letter) == 3
    error_message = "Dead-letter queues take from their own queue alone."
  }
}

run "jwt_and_domain" {
  command = apply

  variables {
    api_authorization = "JWT"
    api_jwt           = { issuer = "https://login.example.com", audience = ["sluice"], scopes = ["sluice/write"] }
    api_throttling    = { rate = 5, burst = 10 }
    api_domain = {
      name            = "sluice.example.com"
      certificate_arn = "arn:aws:acm:eu-central-1:123456789012:certificate/1"
      hosted_zone_id  = "Z1"
    }
  }

  override_resource {
    target = aws_apigatewayv2_domain_name.this
    values = {
      domain_name_configuration = { target_domain_name = "d-1.execute-api.eu-central-1.amazonaws.com", hosted_zone_id = "Z2" }
    }
  }

  assert {
    condition     = aws_apigatewayv2_route.gate[0].authorization_type == "JWT" && aws_apigatewayv2_route.gate[0].authorization_scopes == toset(["sluice/write"]) && aws_apigatewayv2_authorizer.jwt[0].jwt_configuration[0].issuer == "https://login.example.com"
    error_message = "The API takes tokens of the issuer."
  }

  assert {
    condition     = aws_apigatewayv2_api.this[0].disable_execute_api_endpoint && output.api_url == "https://sluice.example.com" && length(aws_route53_record.api) == 1
    error_message = "The API answers at its domain alone."
  }

  assert {
    condition     = aws_apigatewayv2_stage.default[0].default_route_settings[0].throttling_rate_limit == 5 && aws_apigatewayv2_stage.default[0].default_route_settings[0].throttling_burst_limit == 10
    error_message = "The API is throttled."
  }

  assert {
    condition     = output.curl == "curl --fail-with-body -sS -H \"authorization: Bearer $SLUICE_TOKEN\" \"https://sluice.example.com/v1/clusters\""
    error_message = "The curl sends a token."
  }
}

run "alarms_and_schedules" {
  command = apply

  variables {
    notify    = { sns = ["arn:aws:sns:eu-central-1:123456789012:company"], email = ["oncall@example.com"] }
    schedules = { retain = { expression = "cron(0 3 * * ? *)", timezone = "Europe/Berlin" } }
  }

  assert {
    condition     = alltrue([for a in aws_cloudwatch_metric_alarm.this : a.alarm_actions == toset(["arn:aws:sns:eu-central-1:123456789012:company", "arn:aws:sns:eu-central-1:123456789012:mock"])])
    error_message = "Every alarm tells everybody."
  }

  assert {
    condition = toset(keys(aws_cloudwatch_metric_alarm.this)) == toset(concat(
      [for name in keys(local.routes.functions) : "${name}-errors"],
      [for name in keys(local.routes.functions) : "${name}-throttles"],
      ["generate-queue-age", "submit-queue-age", "follow-queue-age"],
      ["generate-dead-letters", "submit-dead-letters", "follow-dead-letters", "events-dead-letters", "schedule-dead-letters"],
      ["poll-missing", "api-errors"],
      ["stale", "backfill", "due-age", "outbox-age", "misaligned"],
      [for kind in ["runs-unsuccessful", "slow", "rows-unparseable", "outage", "druid-errors", "supervisors-unhealthy", "drifted", "compaction-stalled", "sweeps-refused", "sweep-age"] : "main-${kind}"],
    ))
    error_message = "There is an alarm on each function, queue, dead-letter queue, the API, the schedule whose rate is known, and each way in which data is late or wrong."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["poll-missing"].treat_missing_data == "breaching" && aws_cloudwatch_metric_alarm.this["poll-missing"].comparison_operator == "LessThanThreshold"
    error_message = "Silence of poll is an alarm."
  }

  assert {
    condition     = aws_scheduler_schedule.this["retain"].schedule_expression == "cron(0 3 * * ? *)" && aws_scheduler_schedule.this["retain"].schedule_expression_timezone == "Europe/Berlin" && aws_scheduler_schedule.this["poll"].schedule_expression == "rate(1 minute)"
    error_message = "One schedule changes, the other stays."
  }
}

run "alarms_on_data" {
  command = plan

  variables {
    environment      = "prod"
    clusters         = { main = { url = "https://druid.example.com" }, second = { url = "https://second.example.com" } }
    alarm_thresholds = { time_to_available = 600, druid_errors = -1, rows_thrown_away = 1000, supervisor_lag = 100000 }
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["second-slow"].threshold == 600 && aws_cloudwatch_metric_alarm.this["second-slow"].dimensions == tomap({ Environment = "prod", Cluster = "second" }) && aws_cloudwatch_metric_alarm.this["second-slow"].namespace == "Sluice"
    error_message = "Each cluster has its alarms, with the threshold given."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["stale"].dimensions == tomap({ Environment = "prod" }) && aws_cloudwatch_metric_alarm.this["stale"].metric_name == "DatasourcesStale" && aws_cloudwatch_metric_alarm.this["stale"].treat_missing_data == "notBreaching"
    error_message = "Stale data of the environment is an alarm, and silence is none."
  }

  assert {
    condition     = !contains(keys(aws_cloudwatch_metric_alarm.this), "main-druid-errors") && contains(keys(aws_cloudwatch_metric_alarm.this), "main-rows-thrown-away") && contains(keys(aws_cloudwatch_metric_alarm.this), "second-supervisor-lag")
    error_message = "A threshold of -1 leaves its alarm out, and one that is given makes it."
  }
}

run "without_metrics" {
  command = plan

  variables {
    metrics_enabled     = false
    metrics_datasources = ["wikipedia", "sales"]
    dashboard_enabled   = false
  }

  assert {
    condition     = alltrue([for a in aws_cloudwatch_metric_alarm.this : startswith(a.namespace, "AWS/")])
    error_message = "Nothing watches metrics that nobody writes."
  }

  assert {
    condition     = aws_lambda_function.this["poll"].environment[0].variables.SLUICE_METRICS_ENABLED == "false" && aws_lambda_function.this["poll"].environment[0].variables.SLUICE_METRICS_DATASOURCES == "wikipedia,sales"
    error_message = "The functions know what they may write."
  }

  assert {
    condition     = length(aws_cloudwatch_dashboard.this) == 0
    error_message = "There is no dashboard."
  }
}

run "dashboard" {
  command = apply

  assert {
    condition     = alltrue([for w in jsondecode(aws_cloudwatch_dashboard.this[0].dashboard_body).widgets : w.x + w.width <= 24 && contains(["text", "metric", "log"], w.type)])
    error_message = "Every widget fits the width of a dashboard."
  }

  assert {
    condition     = anytrue([for w in jsondecode(aws_cloudwatch_dashboard.this[0].dashboard_body).widgets : w.y == 1 && w.type == "log" && strcontains(try(w.properties.query, ""), "by Cluster, Datasource")]) && anytrue([for w in jsondecode(aws_cloudwatch_dashboard.this[0].dashboard_body).widgets : w.y == 1 && strcontains(jsonencode(w.properties), "DataAgeOfLimit")])
    error_message = "The first row says how fresh every datasource is."
  }

  assert {
    condition     = length(distinct([for w in jsondecode(aws_cloudwatch_dashboard.this[0].dashboard_body).widgets : "${w.x}/${w.y}"])) == length(jsondecode(aws_cloudwatch_dashboard.this[0].dashboard_body).widgets)
    error_message = "No widget lies on another one."
  }
}

run "nobody_is_told" {
  command = plan

  assert {
    condition     = length(aws_cloudwatch_event_rule.notification) + length(aws_cloudwatch_event_target.text) + length(aws_cloudwatch_event_target.slack) + length(aws_cloudwatch_event_target.pagerduty) + length(aws_sns_topic.notifications) + length(aws_sns_topic.slack) == 0
    error_message = "Without notify there are no rules and topics for it."
  }
}

run "everybody_is_told" {
  command = apply

  variables {
    environment = "prod"
    notify = {
      email     = ["oncall@example.com", "data@example.com"]
      sns       = ["arn:aws:sns:eu-central-1:123456789012:company"]
      slack     = { workspace_id = "T0123456789", channel_id = "C0123456789" }
      pagerduty = { connection_arn = "arn:aws:events:eu-central-1:123456789012:connection/pagerduty/7b1a" }
    }
  }

  assert {
    condition = toset(keys(aws_cloudwatch_event_rule.notification)) == toset([
      "run-failed", "run-refused", "run-rolled-back", "definition-misaligned", "definition-drifted", "stream-unhealthy",
      "stream-lagging", "stream-recovered", "stream-drifted", "stream-skipped", "compaction-stalled", "sweep-refused", "datasource-stale", "datasource-fresh",
    ])
    error_message = "There is a rule for everything that people have to know."
  }

  assert {
    condition     = alltrue([for rule in aws_cloudwatch_event_rule.notification : jsondecode(rule.event_pattern).source == [{ prefix = "/sluice/prod/" }]]) && jsondecode(aws_cloudwatch_event_rule.notification["run-failed"].event_pattern)["detail-type"] == ["sluice.run.failed", "sluice.run.timed-out"]
    error_message = "A rule takes the events of this environment and of its types."
  }

  assert {
    condition     = jsondecode(aws_cloudwatch_event_rule.notification["stream-unhealthy"].event_pattern)["detail-type"] == ["sluice.stream.unhealthy"] && jsondecode(aws_cloudwatch_event_rule.notification["sweep-refused"].event_pattern).detail.data.refusals.code == [{ exists = true }]
    error_message = "A sweep that refuses nothing is no news."
  }

  assert {
    condition     = length(aws_cloudwatch_event_target.text) == 28 && length(aws_cloudwatch_event_target.slack) == 14 && length(aws_cloudwatch_event_target.pagerduty) == 12 && length(aws_sns_topic_subscription.email) == 2
    error_message = "Each rule tells everybody, and good news wakes nobody."
  }

  assert {
    condition     = alltrue([for t in aws_cloudwatch_event_target.text : strcontains(t.input_transformer[0].input_template, "sluice-prod") && strcontains(t.input_transformer[0].input_template, "<datasource>") && strcontains(t.input_transformer[0].input_template, "\"Next: awscurl")])
    error_message = "A text says what has happened, where, and the next command."
  }

  assert {
    condition     = alltrue([for t in concat(values(aws_cloudwatch_event_target.text), values(aws_cloudwatch_event_target.slack), values(aws_cloudwatch_event_target.pagerduty)) : alltrue([for name in distinct(flatten(regexall("<(\\w+)>", t.input_transformer[0].input_template))) : contains(keys(t.input_transformer[0].input_paths), name)])])
    error_message = "Whatever a text names is taken from the event."
  }

  assert {
    condition     = alltrue([for t in aws_cloudwatch_event_target.slack : jsondecode(t.input_transformer[0].input_template).source == "custom" && length(jsondecode(t.input_transformer[0].input_template).content.nextSteps) == 1])
    error_message = "Slack gets the form that it shows."
  }

  assert {
    condition     = jsondecode(aws_cloudwatch_event_target.pagerduty["run-failed"].input_transformer[0].input_template).event_action == "trigger" && jsondecode(aws_cloudwatch_event_target.alarm["resolve"].input_transformer[0].input_template).event_action == "resolve" && aws_cloudwatch_event_api_destination.pagerduty[0].invocation_endpoint == "https://events.pagerduty.com/v2/enqueue"
    error_message = "PagerDuty opens an incident, and closes it when the alarm is over."
  }

  assert {
    condition     = alltrue([for t in concat(values(aws_cloudwatch_event_target.text), values(aws_cloudwatch_event_target.slack), values(aws_cloudwatch_event_target.pagerduty), values(aws_cloudwatch_event_target.alarm)) : length(t.dead_letter_config) == 1])
    error_message = "What nobody could be told is kept."
  }

  assert {
    condition     = toset([for s in jsondecode(aws_sns_topic_policy.slack[0].policy).Statement : s.Principal.Service]) == toset(["cloudwatch.amazonaws.com", "events.amazonaws.com"]) && aws_chatbot_slack_channel_configuration.this[0].slack_channel_id == "C0123456789"
    error_message = "Alarms and events reach the channel."
  }
}

run "told_without_api" {
  command = plan

  variables {
    api_enabled = false
    notify      = { email = ["oncall@example.com"] }
  }

  assert {
    condition     = alltrue([for t in aws_cloudwatch_event_target.text : strcontains(t.input_transformer[0].input_template, "Next: aws logs filter-log-events --log-group-name /aws/lambda/sluice-default-")])
    error_message = "Without the API the logs are next."
  }
}
