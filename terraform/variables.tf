# Names

variable "prefix" {
  description = "First part of every name: `<prefix>-<environment>-...`."
  type        = string
  default     = "sluice"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,18}[a-z0-9]$", var.prefix))
    error_message = "prefix must be 2 to 20 characters: lower-case letters, digits and hyphens, a letter first, no hyphen last."
  }
}

variable "environment" {
  description = "Name of this environment. It is part of every name and of every event's `source`."
  type        = string
  default     = "default"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9]([a-z0-9-]{0,14}[a-z0-9])?$", var.environment))
    error_message = "environment must be 1 to 16 characters: lower-case letters, digits and hyphens, no hyphen first or last."
  }
}

variable "tags" {
  description = "Tags of every resource, beside the provider's `default_tags`."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "role_path" {
  description = "Path of the IAM roles."
  type        = string
  default     = "/"
  nullable    = false

  validation {
    condition     = can(regex("^/([A-Za-z0-9._+=,@-]+/)*$", var.role_path))
    error_message = "role_path must begin and end with a slash, such as /teams/data/."
  }
}

variable "permissions_boundary_arn" {
  description = "ARN of the policy that bounds every role made here."
  type        = string
  default     = null

  validation {
    condition     = var.permissions_boundary_arn == null || can(regex("^arn:[^:]+:iam::[^:]*:policy/.+$", var.permissions_boundary_arn))
    error_message = "permissions_boundary_arn must be the ARN of an IAM policy, such as arn:aws:iam::123456789012:policy/boundary."
  }
}

# Function package

variable "function_zip" {
  description = "Path of the native functions' zip on this machine: `target/function.zip` after `./mvnw package -Dnative`. Give this or `function_s3_object`."
  type        = string
  default     = null

  validation {
    condition     = (var.function_zip == null) != (var.function_s3_object == null)
    error_message = "Give exactly one of function_zip and function_s3_object."
  }

  validation {
    condition     = var.function_zip == null || try(fileexists(var.function_zip), false)
    error_message = "function_zip names a file that does not exist. Build it with: ./mvnw package -Dnative"
  }
}

variable "function_s3_object" {
  description = "The zip as an object of S3, in the functions' region. `sha256` is the base64 SHA-256 of the zip (`openssl dgst -sha256 -binary function.zip | base64`): a new value deploys the object anew."
  type = object({
    bucket  = string
    key     = string
    version = optional(string)
    sha256  = string
  })
  default = null

  validation {
    condition     = var.function_s3_object == null || can(regex("^[A-Za-z0-9+/]{43}=$", var.function_s3_object.sha256))
    error_message = "function_s3_object.sha256 must be a SHA-256 in base64, 44 characters with = at the end, not in hexadecimal."
  }
}

variable "architecture" {
  description = "Processor that the zip is built for: `arm64` or `x86_64`. The wrong one shows as `exec format error` in the log."
  type        = string
  default     = "arm64"
  nullable    = false

  validation {
    condition     = contains(["arm64", "x86_64"], var.architecture)
    error_message = "architecture must be arm64 or x86_64."
  }
}

# Functions

variable "functions" {
  description = "Changes of single functions (`generate`, `submit`, `follow`, `poll`, `retain`, `gate`). What is left out is as in `infra/events/routes.json`. A `reserved_concurrency` of -1 reserves none."
  type = map(object({
    memory_megabytes     = optional(number)
    timeout_seconds      = optional(number)
    reserved_concurrency = optional(number)
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for name in keys(var.functions) : contains(["generate", "submit", "follow", "poll", "retain", "gate"], name)])
    error_message = "functions has a name that is none of generate, submit, follow, poll, retain, gate."
  }

  validation {
    condition     = alltrue([for f in values(var.functions) : try(f.memory_megabytes >= 128 && f.memory_megabytes <= 10240, f.memory_megabytes == null)])
    error_message = "memory_megabytes must be from 128 to 10240."
  }

  validation {
    condition     = alltrue([for f in values(var.functions) : try(f.timeout_seconds >= 1 && f.timeout_seconds <= 900, f.timeout_seconds == null)])
    error_message = "timeout_seconds must be from 1 to 900, the longest that Lambda allows."
  }

  validation {
    condition     = try(var.functions["gate"].timeout_seconds <= 30, true)
    error_message = "The timeout of gate must be at most 30 seconds: an HTTP API waits no longer."
  }

  validation {
    condition = alltrue([
      for f in values(var.functions) : try(f.reserved_concurrency == -1 || f.reserved_concurrency >= 1, f.reserved_concurrency == null)
    ])
    error_message = "reserved_concurrency must be -1 (none reserved) or at least 1; 0 would stop the function."
  }

  validation {
    condition     = alltrue([for name in ["poll", "retain"] : try(var.functions[name].reserved_concurrency == 1, true) || try(var.functions[name].reserved_concurrency == null, true)])
    error_message = "poll and retain keep a reserved_concurrency of 1: ticks that overlap would only repeat each other's work."
  }
}

variable "reserve_concurrency" {
  description = "Whether functions reserve concurrency. `false` is for accounts whose concurrency limit leaves nothing to reserve, such as new ones with a limit of 10."
  type        = bool
  default     = true
  nullable    = false
}

variable "xray" {
  description = "Whether X-Ray traces the functions."
  type        = bool
  default     = false
  nullable    = false
}

variable "log_retention_days" {
  description = "How many days CloudWatch keeps the logs of functions and of the API; 0 is for ever."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = contains([0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "log_retention_days must be one of CloudWatch's values: 0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653."
  }
}

variable "extra_environment" {
  description = "Further environment variables of every function, such as `QUARKUS_LOG_LEVEL`. Never a secret: they are readable in Terraform's state and in Lambda."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for name in keys(var.extra_environment) : can(regex("^[A-Za-z_][A-Za-z0-9_]*$", name)) && !can(regex("^(SLUICE_|AWS_|LAMBDA_|_)", name))])
    error_message = "extra_environment takes no names with SLUICE_ (each has a variable of its own), AWS_, LAMBDA_ or _ in front."
  }

  validation {
    condition     = alltrue([for name in keys(var.extra_environment) : !contains(["QUARKUS_FUNQY_EXPORT", "DISABLE_SIGNAL_HANDLERS"], name)])
    error_message = "extra_environment must not set QUARKUS_FUNQY_EXPORT or DISABLE_SIGNAL_HANDLERS: the module sets both."
  }
}

variable "network" {
  description = "Subnets to run the functions in, where Druid has no public address. The functions then need a NAT gateway or VPC endpoints for AWS: see README. `druid_cidr_blocks` are the addresses that the security group lets them reach on the ports of the clusters' URLs; `security_group_ids` come on top. `null` runs them outside of a VPC."
  type = object({
    vpc_id             = string
    subnet_ids         = list(string)
    druid_cidr_blocks  = optional(list(string), [])
    security_group_ids = optional(list(string), [])
  })
  default = null

  validation {
    condition     = try(length(var.network.subnet_ids) > 0, var.network == null)
    error_message = "network.subnet_ids must name at least one subnet; two in different zones survive the loss of one."
  }

  validation {
    condition     = try(length(var.network.druid_cidr_blocks) + length(var.network.security_group_ids) > 0, var.network == null)
    error_message = "network needs druid_cidr_blocks or security_group_ids: otherwise the functions reach no Druid."
  }

  validation {
    condition     = try(alltrue([for block in var.network.druid_cidr_blocks : can(cidrhost(block, 0))]), var.network == null)
    error_message = "network.druid_cidr_blocks must be CIDR blocks, such as 10.0.0.0/16."
  }
}

# Druid

variable "clusters" {
  description = "The Druid clusters, by the names that definitions use. `url` is the router, with `druid.router.managementProxy.enabled=true`. `secret` is the ARN of a Secrets Manager secret, or the name or ARN of an SSM parameter: see README. Terraform ignores attributes that it does not know, so watch their spelling. What each one means: docs/configuration.md."
  type = map(object({
    url             = string
    overlord_url    = optional(string)
    coordinator_url = optional(string)
    secret          = optional(string)
    object_access   = optional(string)
    druid_version   = optional(string)
    auto_kill       = optional(string)
    timeout         = optional(string)
  }))
  nullable = false

  validation {
    condition     = length(var.clusters) > 0
    error_message = "clusters must have at least one cluster, such as { main = { url = \"https://druid.example.com\" } }."
  }

  validation {
    condition     = alltrue([for name in keys(var.clusters) : can(regex("^[a-z][a-z0-9]*$", name))])
    error_message = "A cluster's name must be lower-case letters and digits, a letter first: it becomes part of environment variables, which know no hyphen."
  }

  validation {
    condition = alltrue(flatten([
      for c in values(var.clusters) : [
        for url in [c.url, c.overlord_url, c.coordinator_url] : url == null || can(regex("^https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[^@?#]*)?$", url))
      ]
    ]))
    error_message = "A cluster's addresses must be http:// or https:// with a host, without user, password, query and fragment. Credentials belong in its secret."
  }

  validation {
    condition = alltrue([
      for c in values(var.clusters) : c.secret == null || can(regex("^arn:[^:]+:secretsmanager:[^:]+:[0-9]{12}:secret:.+-[A-Za-z0-9]{6}$", c.secret)) || can(regex("^arn:[^:]+:ssm:[^:]+:[0-9]{12}:parameter/.+$", c.secret)) || can(regex("^/[A-Za-z0-9_./-]+$", c.secret))
    ])
    error_message = "A cluster's secret must be a reference: the whole ARN of a Secrets Manager secret (with the six characters at its end), the ARN of an SSM parameter, or the name of one that begins with a slash. It is never the secret itself."
  }

  validation {
    condition     = alltrue([for c in values(var.clusters) : contains(["s3", "presigned"], coalesce(c.object_access, "s3"))])
    error_message = "A cluster's object_access must be s3 or presigned."
  }

  validation {
    condition     = alltrue([for c in values(var.clusters) : contains(["33", "37"], coalesce(c.druid_version, "33"))])
    error_message = "A cluster's druid_version must be 33 or 37, the versions that there is a contract of."
  }

  validation {
    condition     = alltrue([for c in values(var.clusters) : contains(["on", "off", "unknown"], coalesce(c.auto_kill, "unknown"))])
    error_message = "A cluster's auto_kill must be on, off or unknown."
  }

  validation {
    condition     = alltrue([for c in values(var.clusters) : can(regex("^PT(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?$", coalesce(c.timeout, "PT20S")))])
    error_message = "A cluster's timeout must be an ISO-8601 duration, such as PT20S."
  }
}

variable "definition_variables" {
  description = "Variables that definitions may use as `$${NAME}`, by name. Where `landing` is a bucket made here, `LANDING_BUCKET` is its name unless it is given."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for name in keys(var.definition_variables) : can(regex("^[A-Z][A-Z0-9_]*$", name)) && !can(regex("^(SLUICE_|AWS_|LAMBDA_|QUARKUS_)", name))])
    error_message = "A definition's variable must be upper-case letters, digits and underscores, and must not begin with SLUICE_, AWS_, LAMBDA_ or QUARKUS_."
  }
}

variable "definition_secrets" {
  description = "Secrets that definitions may use as `$${NAME}`, such as the password of Kafka: name to reference. A reference is one as in `clusters`; `#key` at its end takes one value of a JSON object."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for name in keys(var.definition_secrets) : can(regex("^[A-Z][A-Z0-9_]*$", name)) && !contains(keys(var.definition_variables), name)])
    error_message = "A definition's secret must be named by upper-case letters, digits and underscores, and not as a definition variable is."
  }

  validation {
    condition = alltrue([
      for reference in values(var.definition_secrets) : can(regex("^(arn:[^:]+:secretsmanager:[^:]+:[0-9]{12}:secret:[^#]+-[A-Za-z0-9]{6}|arn:[^:]+:ssm:[^:]+:[0-9]{12}:parameter/[^#]+|/[A-Za-z0-9_./-]+)(#[A-Za-z0-9_.-]+)?$", reference))
    ])
    error_message = "A definition's secret must be a reference: the whole ARN of a Secrets Manager secret, the ARN of an SSM parameter, or the name of one that begins with a slash, each with an optional #key. It is never the secret itself."
  }
}

variable "secret_kms_key_arns" {
  description = "ARNs of the customer managed keys that the secrets of `clusters` and `definition_secrets` are encrypted with. AWS's own keys need none."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for arn in var.secret_kms_key_arns : can(regex("^arn:[^:]+:kms:[^:]+:[0-9]{12}:key/.+$", arn))])
    error_message = "secret_kms_key_arns must be ARNs of keys, such as arn:aws:kms:eu-central-1:123456789012:key/..., not of aliases."
  }
}

# Buckets

variable "landing_buckets" {
  description = "Buckets that data lands in, by a name of your own. `create` makes the bucket, otherwise `bucket` names an existing one. Only objects whose key has `prefix` and `suffix` are seen. `notification` says who tells `generate` of new objects: `module` writes the bucket's whole notification configuration, `external` leaves that to whoever owns the bucket (see the output `bucket_notifications`). `kms_key_arn` encrypts a bucket made here, or tells what key an existing one uses."
  type = map(object({
    create       = optional(bool, true)
    bucket       = optional(string)
    prefix       = optional(string, "")
    suffix       = optional(string, "")
    notification = optional(string, "module")
    versioning   = optional(bool, false)
    kms_key_arn  = optional(string)
    account_id   = optional(string)
  }))
  default  = { landing = {} }
  nullable = false

  validation {
    condition     = alltrue([for name in keys(var.landing_buckets) : can(regex("^[a-z][a-z0-9-]{0,9}$", name)) && name != "definitions"])
    error_message = "A landing bucket's name here must be 1 to 10 lower-case letters, digits and hyphens, a letter first, and not definitions."
  }

  validation {
    condition     = alltrue([for b in values(var.landing_buckets) : b.create || b.bucket != null])
    error_message = "A landing bucket with create = false needs bucket, its name."
  }

  validation {
    condition     = alltrue([for b in values(var.landing_buckets) : contains(["module", "external"], b.notification)])
    error_message = "A landing bucket's notification must be module or external."
  }

  validation {
    condition     = alltrue([for b in values(var.landing_buckets) : b.bucket == null || can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", b.bucket))])
    error_message = "bucket must be the bucket's name, not its ARN or address."
  }

  validation {
    condition     = alltrue([for b in values(var.landing_buckets) : b.kms_key_arn == null || can(regex("^arn:[^:]+:kms:[^:]+:[0-9]{12}:key/.+$", b.kms_key_arn))])
    error_message = "A landing bucket's kms_key_arn must be the ARN of a key, not of an alias."
  }

  validation {
    condition     = alltrue([for b in values(var.landing_buckets) : b.account_id == null || can(regex("^[0-9]{12}$", b.account_id))])
    error_message = "A landing bucket's account_id, the account that owns it where that is another one, must be 12 digits."
  }

  validation {
    condition     = alltrue([for b in values(var.landing_buckets) : b.account_id == null || (!b.create && b.notification == "external")])
    error_message = "A bucket of another account needs create = false and notification = \"external\": its own account writes its notification configuration."
  }
}

variable "definitions" {
  description = "Where definitions lie. `landing_bucket` names the entry of `landing_buckets` in which they lie; without it they have a bucket of their own, made here or existing, as in `landing_buckets`. Without `prefix` it is that of `infra/events/routes.json`."
  type = object({
    create         = optional(bool, true)
    bucket         = optional(string)
    landing_bucket = optional(string)
    prefix         = optional(string)
    notification   = optional(string, "module")
    kms_key_arn    = optional(string)
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.definitions.landing_bucket == null || contains(keys(var.landing_buckets), coalesce(var.definitions.landing_bucket, "-"))
    error_message = "definitions.landing_bucket must be a name in landing_buckets."
  }

  validation {
    condition     = var.definitions.landing_bucket != null || var.definitions.create || var.definitions.bucket != null
    error_message = "definitions with create = false need bucket, its name, or landing_bucket."
  }

  validation {
    condition     = var.definitions.prefix == null || can(regex("^([^/]+/)+$", var.definitions.prefix))
    error_message = "definitions.prefix must end with a slash, not begin with one, and not be empty, such as definitions/."
  }

  validation {
    condition     = contains(["module", "external"], var.definitions.notification)
    error_message = "definitions.notification must be module or external."
  }

  validation {
    condition = var.definitions.landing_bucket == null || try(
      var.landing_buckets[var.definitions.landing_bucket].prefix != "" &&
      !startswith(var.landing_buckets[var.definitions.landing_bucket].prefix, coalesce(var.definitions.prefix, "definitions/")) &&
      !startswith(coalesce(var.definitions.prefix, "definitions/"), var.landing_buckets[var.definitions.landing_bucket].prefix),
      true
    )
    error_message = "The landing bucket that holds the definitions needs a prefix of its own, apart from that of the definitions: S3 refuses notifications whose prefixes overlap."
  }
}

variable "force_destroy_buckets" {
  description = "Whether `terraform destroy` removes buckets made here that still hold objects."
  type        = bool
  default     = false
  nullable    = false
}

# Bus, queues and schedules

variable "event_bus" {
  description = "The EventBridge bus. `create = false` uses an existing one of this account and region, by its `name`."
  type = object({
    create = optional(bool, true)
    name   = optional(string)
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.event_bus.create || var.event_bus.name != null
    error_message = "event_bus with create = false needs name."
  }

  validation {
    condition     = var.event_bus.name == null || can(regex("^[A-Za-z0-9._/-]{1,256}$", var.event_bus.name))
    error_message = "event_bus.name must be the name of a bus, not its ARN."
  }

  validation {
    condition     = !(var.event_bus.create && var.event_bus.name == "default")
    error_message = "The bus default exists in every account: use it with create = false."
  }
}

variable "queue_kms_key_arn" {
  description = "ARN of the customer managed key that encrypts the queues; SQS's own key where it is missing. Its policy has to let S3, EventBridge and EventBridge Scheduler use it."
  type        = string
  default     = null

  validation {
    condition     = var.queue_kms_key_arn == null || can(regex("^arn:[^:]+:kms:[^:]+:[0-9]{12}:key/.+$", var.queue_kms_key_arn))
    error_message = "queue_kms_key_arn must be the ARN of a key, not of an alias."
  }
}

variable "dead_letter_retention_days" {
  description = "How many days a dead-letter queue keeps its messages."
  type        = number
  default     = 14
  nullable    = false

  validation {
    condition     = var.dead_letter_retention_days >= 5 && var.dead_letter_retention_days <= 14
    error_message = "dead_letter_retention_days must be from 5 to 14: SQS counts from when a message was first sent, and the queue before it keeps messages for 4."
  }
}

variable "restrict_dead_letter_queues" {
  description = "Whether each dead-letter queue takes the messages of its own queue alone, not those of other queues of the account. Emulators of AWS that do not know `RedriveAllowPolicy` would wait for it for ever."
  type        = bool
  default     = false
  nullable    = false
}

variable "schedules" {
  description = "Changes of the schedules `poll` and `retain`. What is left out is as in `infra/events/routes.json`. `enabled = false` pauses one."
  type = map(object({
    expression = optional(string)
    timezone   = optional(string)
    enabled    = optional(bool, true)
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for name in keys(var.schedules) : contains(["poll", "retain"], name)])
    error_message = "schedules has a name that is none of poll and retain."
  }

  validation {
    condition     = alltrue([for s in values(var.schedules) : s.expression == null || can(regex("^(rate\\([1-9][0-9]* (minute|minutes|hour|hours|day|days)\\)|cron\\([^()]+\\))$", s.expression))])
    error_message = "A schedule's expression must be rate(...) or cron(...), such as rate(1 minute) or cron(0 3 * * ? *)."
  }
}

# State table

variable "table_kms_key_arn" {
  description = "ARN of the customer managed key that encrypts the table; DynamoDB's own key where it is missing."
  type        = string
  default     = null

  validation {
    condition     = var.table_kms_key_arn == null || can(regex("^arn:[^:]+:kms:[^:]+:[0-9]{12}:key/.+$", var.table_kms_key_arn))
    error_message = "table_kms_key_arn must be the ARN of a key, not of an alias."
  }
}

variable "table_deletion_protection" {
  description = "Whether the table refuses to be deleted. Apply `false` before `terraform destroy`."
  type        = bool
  default     = true
  nullable    = false
}

variable "table_point_in_time_recovery" {
  description = "Whether the table can be restored to any second of the last 35 days."
  type        = bool
  default     = true
  nullable    = false
}

# Keys of logs and of environment variables

variable "log_kms_key_arn" {
  description = "ARN of the customer managed key that encrypts the logs; CloudWatch's own where it is missing. Its policy has to let CloudWatch Logs use it."
  type        = string
  default     = null

  validation {
    condition     = var.log_kms_key_arn == null || can(regex("^arn:[^:]+:kms:[^:]+:[0-9]{12}:key/.+$", var.log_kms_key_arn))
    error_message = "log_kms_key_arn must be the ARN of a key, not of an alias."
  }
}

variable "environment_kms_key_arn" {
  description = "ARN of the customer managed key that encrypts the functions' environment variables; Lambda's own where it is missing."
  type        = string
  default     = null

  validation {
    condition     = var.environment_kms_key_arn == null || can(regex("^arn:[^:]+:kms:[^:]+:[0-9]{12}:key/.+$", var.environment_kms_key_arn))
    error_message = "environment_kms_key_arn must be the ARN of a key, not of an alias."
  }
}

# HTTP API

variable "api_enabled" {
  description = "Whether there is an HTTP API in front of `gate`."
  type        = bool
  default     = true
  nullable    = false
}

variable "api_authorization" {
  description = "Who may call the API: `AWS_IAM` takes requests signed by a principal with `execute-api:Invoke` (see the outputs `api_read_policy` and `api_write_policy`), `JWT` takes tokens of `api_jwt`."
  type        = string
  default     = "AWS_IAM"
  nullable    = false

  validation {
    condition     = contains(["AWS_IAM", "JWT"], var.api_authorization)
    error_message = "api_authorization must be AWS_IAM or JWT. There is no open API: whoever reaches it can replace the data of every cluster."
  }
}

variable "api_jwt" {
  description = "The issuer of tokens, what their audience has to be, and scopes of which a token needs one. For `api_authorization = \"JWT\"`."
  type = object({
    issuer   = string
    audience = list(string)
    scopes   = optional(list(string), [])
  })
  default = null

  validation {
    condition     = (var.api_authorization == "JWT") == (var.api_jwt != null)
    error_message = "api_jwt belongs to api_authorization = \"JWT\": give both or none."
  }

  validation {
    condition     = var.api_jwt == null || can(regex("^https://", var.api_jwt.issuer)) && try(length(var.api_jwt.audience) > 0, false)
    error_message = "api_jwt needs an issuer that begins with https:// and at least one audience."
  }
}

variable "api_throttling" {
  description = "How many requests a second the API takes, and how many at once."
  type = object({
    rate  = optional(number, 20)
    burst = optional(number, 40)
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.api_throttling.rate > 0 && var.api_throttling.burst >= 1
    error_message = "api_throttling.rate must be above 0 and burst at least 1."
  }
}

variable "api_domain" {
  description = "A domain of your own for the API, with a certificate of this region. With `hosted_zone_id`, which has to be known before the apply, its record is made in Route 53. The API then answers at this domain alone."
  type = object({
    name            = string
    certificate_arn = string
    hosted_zone_id  = optional(string)
  })
  default = null

  validation {
    condition     = var.api_domain == null || can(regex("^[a-z0-9.-]+\\.[a-z]{2,}$", var.api_domain.name)) && can(regex("^arn:[^:]+:acm:", var.api_domain.certificate_arn))
    error_message = "api_domain needs a domain name and the ARN of a certificate in AWS Certificate Manager."
  }
}

# Alarms

variable "alarms_enabled" {
  description = "Whether there are CloudWatch alarms on what AWS itself measures: failing and missing invocations, old messages, dead letters."
  type        = bool
  default     = true
  nullable    = false
}

variable "notify" {
  description = "Who hears of alarms: existing SNS topics by ARN, and addresses of e-mail, for which a topic is made. An address has to confirm its subscription."
  type = object({
    sns_topic_arns = optional(list(string), [])
    email          = optional(list(string), [])
  })
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for arn in var.notify.sns_topic_arns : can(regex("^arn:[^:]+:sns:[^:]+:[0-9]{12}:.+$", arn))])
    error_message = "notify.sns_topic_arns must be ARNs of SNS topics."
  }

  validation {
    condition     = alltrue([for address in var.notify.email : can(regex("^[^@ ]+@[^@ ]+\\.[^@ ]+$", address))])
    error_message = "notify.email must be addresses of e-mail."
  }
}
