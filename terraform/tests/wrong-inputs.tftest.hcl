# Every wrong input is refused while planning, by the variable that has it. A plan takes seconds, so each run tries one
# wrong value of many variables; all of them have to fail.

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  function_zip = "versions.tf" # any file will do
  clusters     = { main = { url = "https://druid.example.com" } }
}

run "wrong_inputs_1" {
  command = plan

  variables {
    # prefix in upper case
    prefix = "Sluice"

    # environment with underscore
    environment = "my_env"

    # role path without slash
    role_path = "teams"

    # boundary that is a role
    permissions_boundary_arn = "arn:aws:iam::123456789012:role/boundary"

    # no package
    function_zip = null

    # architecture of another name
    architecture = "amd64"

    # function that there is not
    functions = { ingest = {} }

    # log retention of ten days
    log_retention_days = 10

    # setting past its variable
    extra_environment = { SLUICE_TABLE = "other" }

    # network without subnets
    network = { vpc_id = "vpc-1", subnet_ids = [], druid_cidr_blocks = ["10.0.0.0/16"] }

    # no cluster
    clusters = {}

    # variable in lower case
    definition_variables = { kafka = "broker:9092" }

    # key by alias
    secret_kms_key_arns = ["arn:aws:kms:eu-central-1:123456789012:alias/secrets"]

    # landing bucket named definitions
    landing_buckets = { definitions = {} }

    # bus without name
    event_bus = { create = false }

    # queue key by alias
    queue_kms_key_arn = "alias/queues"

    # table key by alias
    table_kms_key_arn = "alias/table"

    # log key by alias
    log_kms_key_arn = "alias/logs"

    # environment key by alias
    environment_kms_key_arn = "alias/lambda"

    # dead letters that expire at once
    dead_letter_retention_days = 2

    # schedule that there is not
    schedules = { compact = {} }

    # open api
    api_authorization = "NONE"

    # throttled to nothing
    api_throttling = { rate = 0 }

    # domain with a certificate of iam
    api_domain = { name = "sluice.example.com", certificate_arn = "arn:aws:iam::123456789012:server-certificate/x" }

    # topic by name
    notify = { sns = ["alarms"] }

    # duration in words
    poll_min_interval = "5 seconds"

    # duration of nothing
    state_keep = "P"

    # duration that ends in t
    retention_pause = "P1DT"

    # duration in weeks
    retention_orphan_after = "P2W"

    # attempts of none
    attempts = 0

    # items in parts
    poll_max_items = 1.5

    # share of more than all
    retention_max_share = 50

    # orphans of another word
    retention_orphans = "delete"

    # sub tasks beyond measure
    default_max_sub_tasks = 5000
  }

  expect_failures = [
    var.prefix,
    var.environment,
    var.role_path,
    var.permissions_boundary_arn,
    var.function_zip,
    var.architecture,
    var.functions,
    var.log_retention_days,
    var.extra_environment,
    var.network,
    var.clusters,
    var.definition_variables,
    var.secret_kms_key_arns,
    var.landing_buckets,
    var.event_bus,
    var.queue_kms_key_arn,
    var.table_kms_key_arn,
    var.log_kms_key_arn,
    var.environment_kms_key_arn,
    var.dead_letter_retention_days,
    var.schedules,
    var.api_authorization,
    var.api_throttling,
    var.api_domain,
    var.notify,
    var.poll_min_interval,
    var.state_keep,
    var.retention_pause,
    var.retention_orphan_after,
    var.attempts,
    var.poll_max_items,
    var.retention_max_share,
    var.retention_orphans,
    var.default_max_sub_tasks,
  ]
}

run "wrong_inputs_2" {
  command = plan

  variables {
    # definition secret by value
    definition_secrets = { KAFKA_PASSWORD = "hunter2" }

    # issuer without jwt
    api_jwt = { issuer = "https://login.example.com", audience = ["sluice"] }

    # prefix too long
    prefix = "a-name-of-more-than-20"

    # memory below what lambda has
    functions = { poll = { memory_megabytes = 64 } }

    # entry point by hand
    extra_environment = { QUARKUS_FUNQY_EXPORT = "poll" }

    # network without druid
    network = { vpc_id = "vpc-1", subnet_ids = ["subnet-1"] }

    # cluster with hyphen
    clusters = { eu-west = { url = "https://druid.example.com" } }

    # existing bucket without name
    landing_buckets = { lake = { create = false } }

    # bus by arn
    event_bus = { create = false, name = "arn:aws:events:eu-central-1:123456789012:event-bus/main" }

    # schedule in seconds
    schedules = { poll = { expression = "rate(10 seconds)" } }

    # mail without domain
    notify = { email = ["oncall"] }
  }

  expect_failures = [
    var.definition_secrets,
    var.api_jwt,
    var.prefix,
    var.functions,
    var.extra_environment,
    var.network,
    var.clusters,
    var.landing_buckets,
    var.event_bus,
    var.schedules,
    var.notify,
  ]
}

run "wrong_inputs_3" {
  command = plan

  variables {
    # variable of aws
    definition_variables = { AWS_REGION = "eu-west-1" }

    # jwt without issuer
    api_authorization = "JWT"

    # two packages
    function_s3_object = { bucket = "artifacts", key = "function.zip", sha256 = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" }

    # timeout above what lambda has
    functions = { retain = { timeout_seconds = 901 } }

    # network of no cidr
    network = { vpc_id = "vpc-1", subnet_ids = ["subnet-1"], druid_cidr_blocks = ["10.0.0.1"] }

    # cluster without scheme
    clusters = { main = { url = "druid.example.com:8888" } }

    # notification by another
    landing_buckets = { lake = { notification = "lambda" } }

    # default bus made again
    event_bus = { name = "default" }
  }

  expect_failures = [
    var.definition_variables,
    var.api_jwt,
    var.function_zip,
    var.functions,
    var.network,
    var.clusters,
    var.landing_buckets,
    var.event_bus,
  ]
}

run "wrong_inputs_4" {
  command = plan

  variables {
    # definition secret named as a variable
    definition_variables = { KAFKA = "broker:9092" }
    definition_secrets   = { KAFKA = "/kafka/password" }

    # issuer without https
    api_authorization = "JWT"
    api_jwt           = { issuer = "login.example.com", audience = ["sluice"] }

    # sha256 in hexadecimal
    function_zip       = null
    function_s3_object = { bucket = "artifacts", key = "function.zip", sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" }

    # gate slower than the api
    functions = { gate = { timeout_seconds = 60 } }

    # password in the address
    clusters = { main = { url = "https://admin:secret@druid.example.com" } }

    # bucket by arn
    landing_buckets = { lake = { create = false, bucket = "arn:aws:s3:::lake" } }
  }

  expect_failures = [
    var.definition_secrets,
    var.api_jwt,
    var.function_s3_object,
    var.functions,
    var.clusters,
    var.landing_buckets,
  ]
}

run "wrong_inputs_5" {
  command = plan

  variables {
    # concurrency of none
    functions = { submit = { reserved_concurrency = 0 } }

    # secret by value
    clusters = { main = { url = "https://druid.example.com", secret = "hunter2" } }

    # bucket key by alias
    landing_buckets = { lake = { kms_key_arn = "alias/lake" } }
  }

  expect_failures = [
    var.functions,
    var.clusters,
    var.landing_buckets,
  ]
}

run "wrong_inputs_6" {
  command = plan

  variables {
    # a tick that nothing can look beside
    functions = { poll = { reserved_concurrency = 1 } }

    # secret by part of its arn
    clusters = { main = { url = "https://druid.example.com", secret = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:druid" } }

    # bucket of an account that is none
    landing_buckets = { lake = { create = false, bucket = "lake", notification = "external", account_id = "12" } }
  }

  expect_failures = [
    var.functions,
    var.clusters,
    var.landing_buckets,
  ]
}

run "wrong_inputs_7" {
  command = plan

  variables {
    # object access of another kind
    clusters = { main = { url = "https://druid.example.com", object_access = "hdfs" } }

    # bucket of another account told from here
    landing_buckets = { lake = { create = false, bucket = "lake", account_id = "210987654321" } }
  }

  expect_failures = [
    var.clusters,
    var.landing_buckets,
  ]
}

run "wrong_inputs_8" {
  command = plan

  variables {
    # druid version without contract
    clusters = { main = { url = "https://druid.example.com", druid_version = "30" } }

    # definitions in a bucket that is not listed
    definitions = { landing_bucket = "lake" }
  }

  expect_failures = [
    var.clusters,
    var.definitions,
  ]
}

run "wrong_inputs_9" {
  command = plan

  variables {
    # auto kill of another word
    clusters = { main = { url = "https://druid.example.com", auto_kill = "yes" } }

    # definitions without bucket
    definitions = { create = false }
  }

  expect_failures = [
    var.clusters,
    var.definitions,
  ]
}

run "wrong_inputs_10" {
  command = plan

  variables {
    # timeout in seconds
    clusters = { main = { url = "https://druid.example.com", timeout = "20s", inventory_timeout = "2m" } }

    # definitions prefix without slash
    definitions = { prefix = "definitions" }
  }

  expect_failures = [
    var.clusters,
    var.definitions,
  ]
}

run "wrong_inputs_11" {
  command = plan

  variables {
    # definitions told by another
    definitions = { notification = "sns" }
  }

  expect_failures = [
    var.definitions,
  ]
}

run "wrong_inputs_12" {
  command = plan

  variables {
    # definitions among the data
    definitions = { landing_bucket = "landing" }
  }

  expect_failures = [
    var.definitions,
  ]
}

run "package_that_does_not_exist" {
  command = plan

  variables {
    function_zip = "nowhere.zip"
  }

  expect_failures = [aws_lambda_function.this]
}

run "environment_beyond_what_lambda_takes" {
  command = plan

  variables {
    definition_variables = { LONG = join("", [for i in range(500) : "0123456789"]) }
  }

  expect_failures = [aws_lambda_function.this]
}

run "secret_over_http" {
  command = plan

  variables {
    clusters = { main = { url = "http://druid.example.com", secret = "/sluice/druid" } }

    # neither principals nor claims
    api_roles = { nobody = { roles = ["read"] } }
  }

  expect_failures = [
    var.clusters,
    var.api_roles,
  ]
}

run "plaintext_credentials_in_other_words" {
  command = plan

  variables {
    clusters = { main = { url = "http://druid.example.com", plaintext_credentials = "yes" } }

    # a role that is none
    api_roles = { team = { principals = ["*"], roles = ["admin"] } }
  }

  expect_failures = [
    var.clusters,
    var.api_roles,
  ]
}

run "roles_for_no_datasource" {
  command = plan

  variables {
    api_roles = { team = { principals = ["*"], roles = ["read"], datasources = [] } }
  }

  expect_failures = [
    var.api_roles,
  ]
}

run "metrics_and_notifications" {
  command = plan

  variables {
    metrics_datasources = ["a,b"]
    alarm_thresholds    = { due_age = -5 }
    notify = {
      slack     = { workspace_id = "My Workspace", channel_id = "#alerts" }
      pagerduty = { connection_arn = "0123456789abcdef0123456789abcdef" }
    }
  }

  expect_failures = [
    var.metrics_datasources,
    var.alarm_thresholds,
    var.notify,
  ]
}

run "wrong_release" {
  command = plan

  variables {
    function_zip = null

    # digest in base64, and a tag for a version
    function_release = { repository = "https://github.com/OWNER/sluice", version = "v0.1.0", sha256 = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" }
  }

  expect_failures = [var.function_release]
}

run "wrong_console" {
  command = plan

  variables {
    clusters = { main = { url = "https://druid.example.com", console = "javascript:alert(1)" } }
  }

  expect_failures = [var.clusters]
}
