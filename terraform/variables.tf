# Names

variable "prefix" {
  description = "Prefix of all resource names: `<prefix>-<environment>-...`."
  type        = string
  default     = "sluice"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,18}[a-z0-9]$", var.prefix))
    error_message = "prefix must be 2 to 20 characters: lower-case letters, digits and hyphens, a letter first, no hyphen last."
  }
}

variable "environment" {
  description = "Name of the environment. It is part of all resource names and of every event's `source`."
  type        = string
  default     = "default"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9]([a-z0-9-]{0,14}[a-z0-9])?$", var.environment))
    error_message = "environment must be 1 to 16 characters: lower-case letters, digits and hyphens, no hyphen first or last."
  }
}

variable "tags" {
  description = "Tags for all resources, in addition to the provider's `default_tags`."
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
  description = "ARN of the permissions boundary for all roles."
  type        = string
  default     = null

  validation {
    condition     = var.permissions_boundary_arn == null || can(regex("^arn:[^:]+:iam::[^:]*:policy/.+$", var.permissions_boundary_arn))
    error_message = "permissions_boundary_arn must be the ARN of an IAM policy, such as arn:aws:iam::123456789012:policy/boundary."
  }
}

# Function package

variable "function_zip" {
  description = "Path of the native function package: `target/function.zip` after `./mvnw package -Dnative`. Set exactly one of this, `function_s3_object` and `function_release`."
  type        = string
  default     = null

  validation {
    condition     = length([for given in [var.function_zip, var.function_s3_object, var.function_release] : 1 if given != null]) == 1
    error_message = "Give exactly one of function_zip, function_s3_object and function_release."
  }
}

variable "function_s3_object" {
  description = "Function package in S3, in the same region. `sha256` is the base64-encoded SHA-256 of the zip (`openssl dgst -sha256 -binary function.zip | base64`). A new value triggers a deployment."
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

variable "function_release" {
  description = "Released function package, downloaded where Terraform runs and kept in a bucket that the module makes. `repository` is such as `https://github.com/OWNER/sluice`, `version` such as `0.1.0`. `sha256` is the digest of the zip for `architecture`, in hexadecimal as in the release's `SHA256SUMS`: another file is refused."
  type = object({
    repository = string
    version    = string
    sha256     = string
  })
  default = null

  validation {
    condition     = var.function_release == null || can(regex("^[0-9a-f]{64}$", var.function_release.sha256))
    error_message = "function_release.sha256 must be a SHA-256 in hexadecimal, 64 characters, as in SHA256SUMS of the release."
  }

  validation {
    condition     = var.function_release == null || can(regex("^[0-9]+\\.[0-9]+\\.[0-9]+([-+][0-9A-Za-z.+-]+)?$", var.function_release.version))
    error_message = "function_release.version must be a version such as 0.1.0, without v."
  }
}

variable "architecture" {
  description = "Architecture of the function package: `arm64` or `x86_64`. With the wrong one the functions fail with `exec format error`."
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
  description = "Overrides for individual functions (`generate`, `submit`, `follow`, `poll`, `retain`, `gate`). Omitted values come from `infra/events/routes.json`. A `reserved_concurrency` of -1 reserves none."
  type = map(object({
    memory_megabytes     = optional(number)
    timeout_seconds      = optional(number)
    reserved_concurrency = optional(number)
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for name in keys(var.functions) : contains(["generate", "submit", "follow", "poll", "retain", "gate"], name)])
    error_message = "functions may only contain generate, submit, follow, poll, retain and gate."
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
    error_message = "The timeout of gate must be at most 30 seconds, the longest that an HTTP API waits."
  }

  validation {
    condition = alltrue([
      for f in values(var.functions) : try(f.reserved_concurrency == -1 || f.reserved_concurrency >= 1, f.reserved_concurrency == null)
    ])
    error_message = "reserved_concurrency must be -1 (none reserved) or at least 1; 0 would stop the function."
  }

  validation {
    condition     = try(var.functions["retain"].reserved_concurrency == 1, true) || try(var.functions["retain"].reserved_concurrency == null, true)
    error_message = "retain must have a reserved_concurrency of 1: overlapping sweeps would only repeat each other's work."
  }

  validation {
    condition     = try(contains([-1, 2], var.functions["poll"].reserved_concurrency), true) || try(var.functions["poll"].reserved_concurrency == null, true)
    error_message = "poll must have a reserved_concurrency of 2: one tick goes on while another invocation looks whether it is needed."
  }
}

variable "reserve_concurrency" {
  description = "Whether to reserve concurrency. Set it to `false` in accounts whose concurrency limit is too low to reserve any, such as new accounts with a limit of 10."
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
  description = "Retention of the function and API logs in days; 0 keeps them forever."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = contains([0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "log_retention_days must be one of CloudWatch's values: 0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653."
  }
}

variable "extra_environment" {
  description = "Additional environment variables of all functions, such as `QUARKUS_LOG_LEVEL`. Never put secrets here: they would be readable in Terraform's state and in Lambda."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for name in keys(var.extra_environment) : can(regex("^[A-Za-z_][A-Za-z0-9_]*$", name)) && !can(regex("^(SLUICE_|AWS_|LAMBDA_|_)", name))])
    error_message = "extra_environment must not contain names that begin with SLUICE_ (set the variable of the module instead), AWS_, LAMBDA_ or _."
  }

  validation {
    condition     = alltrue([for name in keys(var.extra_environment) : !contains(["QUARKUS_FUNQY_EXPORT", "DISABLE_SIGNAL_HANDLERS"], name)])
    error_message = "extra_environment must not set QUARKUS_FUNQY_EXPORT or DISABLE_SIGNAL_HANDLERS: the module sets both."
  }
}

variable "network" {
  description = "VPC subnets for the functions, if Druid has no public address. The functions then need a NAT gateway or VPC endpoints to reach AWS: see the README. The security group allows traffic to `druid_cidr_blocks` on the ports of the clusters' URLs. `security_group_ids` are attached in addition. With `null` the functions run outside of a VPC."
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
    error_message = "network needs druid_cidr_blocks or security_group_ids: otherwise the functions cannot reach Druid."
  }

  validation {
    condition     = try(alltrue([for block in var.network.druid_cidr_blocks : can(cidrhost(block, 0))]), var.network == null)
    error_message = "network.druid_cidr_blocks must be CIDR blocks, such as 10.0.0.0/16."
  }
}

# Druid

variable "clusters" {
  description = "Druid clusters by the names that definitions use. `url` is the router, with `druid.router.managementProxy.enabled=true`. `secret` is the ARN of a Secrets Manager secret, or the name or ARN of an SSM parameter: see the README. docs/configuration.md explains the other attributes. Terraform ignores unknown attributes, so check the spelling."
  type = map(object({
    url              = string
    overlord_url     = optional(string)
    coordinator_url  = optional(string)
    secret           = optional(string)
    object_access    = optional(string)
    druid_version    = optional(string)
    druid_extensions = optional(string)
    auto_kill        = optional(string)
    console          = optional(string)
    timeout          = optional(string)

    inventory_timeout     = optional(string)
    plaintext_credentials = optional(string)
  }))
  nullable = false

  validation {
    condition     = length(var.clusters) > 0
    error_message = "clusters must have at least one cluster, such as { main = { url = \"https://druid.example.com\" } }."
  }

  validation {
    condition     = alltrue([for name in keys(var.clusters) : can(regex("^[a-z][a-z0-9]*$", name))])
    error_message = "A cluster name must consist of lower-case letters and digits and begin with a letter: it becomes part of environment variables, which allow no hyphens."
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
    condition = alltrue([
      for c in values(var.clusters) : c.secret == null || c.plaintext_credentials == "allowed" || alltrue([
        for url in [c.url, c.overlord_url, c.coordinator_url] : url == null || startswith(coalesce(url, "https://"), "https://")
      ])
    ])
    error_message = "A cluster with a secret must have https:// addresses: over http:// everybody on the way can read the credentials. If that is what you want, set plaintext_credentials = \"allowed\" for the cluster."
  }

  validation {
    condition     = alltrue([for c in values(var.clusters) : contains(["allowed", "refused"], coalesce(c.plaintext_credentials, "refused"))])
    error_message = "A cluster's plaintext_credentials must be allowed or refused."
  }

  validation {
    condition     = alltrue([for c in values(var.clusters) : contains(["s3", "presigned"], coalesce(c.object_access, "s3"))])
    error_message = "A cluster's object_access must be s3 or presigned."
  }

  validation {
    condition     = alltrue([for c in values(var.clusters) : contains(["auto", "33", "34", "35", "36", "37", "38"], coalesce(c.druid_version, "auto"))])
    error_message = "A cluster's druid_version must be auto or a number from 33 to 38, the versions with a contract."
  }

  validation {
    condition     = alltrue([for c in values(var.clusters) : can(regex("^(none|https?://[^@]+)$", coalesce(c.console, "none")))])
    error_message = "A cluster's console must be an http:// or https:// address without credentials, or none."
  }

  validation {
    condition     = alltrue([for c in values(var.clusters) : contains(["on", "off", "unknown"], coalesce(c.auto_kill, "unknown"))])
    error_message = "A cluster's auto_kill must be on, off or unknown."
  }

  validation {
    condition     = alltrue([for c in values(var.clusters) : can(regex("^PT(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?$", coalesce(c.timeout, "PT20S")))])
    error_message = "A cluster's timeout must be an ISO-8601 duration, such as PT20S."
  }

  validation {
    condition     = alltrue([for c in values(var.clusters) : can(regex("^PT(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?$", coalesce(c.inventory_timeout, "PT2M")))])
    error_message = "A cluster's inventory_timeout must be an ISO-8601 duration, such as PT2M."
  }
}

variable "definition_variables" {
  description = "Variables that definitions may use as `$${NAME}`. If the module creates the landing bucket `landing`, `LANDING_BUCKET` defaults to its name."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for name in keys(var.definition_variables) : can(regex("^[A-Z][A-Z0-9_]*$", name)) && !can(regex("^(SLUICE_|AWS_|LAMBDA_|QUARKUS_)", name))])
    error_message = "A definition's variable must be upper-case letters, digits and underscores, and must not begin with SLUICE_, AWS_, LAMBDA_ or QUARKUS_."
  }
}

variable "definition_secrets" {
  description = "Secrets that definitions may use as `$${NAME}`, such as a Kafka password: a map of names to references. References have the same form as in `clusters`. `#key` at the end selects one key of a JSON object."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for name in keys(var.definition_secrets) : can(regex("^[A-Z][A-Z0-9_]*$", name)) && !contains(keys(var.definition_variables), name)])
    error_message = "A definition secret's name must consist of upper-case letters, digits and underscores, and differ from the names in definition_variables."
  }

  validation {
    condition = alltrue([
      for reference in values(var.definition_secrets) : can(regex("^(arn:[^:]+:secretsmanager:[^:]+:[0-9]{12}:secret:[^#]+-[A-Za-z0-9]{6}|arn:[^:]+:ssm:[^:]+:[0-9]{12}:parameter/[^#]+|/[A-Za-z0-9_./-]+)(#[A-Za-z0-9_.-]+)?$", reference))
    ])
    error_message = "A definition's secret must be a reference: the whole ARN of a Secrets Manager secret, the ARN of an SSM parameter, or the name of one that begins with a slash, each with an optional #key. It is never the secret itself."
  }
}

variable "secret_kms_key_arns" {
  description = "ARNs of the customer managed keys that encrypt the secrets of `clusters` and `definition_secrets`. AWS managed keys need no entry."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for arn in var.secret_kms_key_arns : can(regex("^arn:[^:]+:kms:[^:]+:[0-9]{12}:key/.+$", arn))])
    error_message = "secret_kms_key_arns must be ARNs of keys, such as arn:aws:kms:eu-central-1:123456789012:key/..., not of aliases."
  }
}

variable "definition_buckets" {
  description = "What definitions may read: a map of datasource patterns to lists of `bucket/prefix`. `*` stands for any text in a datasource and a bucket, and may end a prefix. With `null`, definitions may read every bucket that the functions' roles reach."
  type        = map(list(string))
  default     = null

  validation {
    condition     = alltrue([for place in flatten(values(coalesce(var.definition_buckets, {}))) : can(regex("^[a-z0-9.*-]+(/[^*,]*[*]?)?$", place))])
    error_message = "definition_buckets must have entries such as { \"wiki*\" = [\"landing/wiki/*\"] }, without commas."
  }
}

variable "definition_reach" {
  description = "What Druid may open, load or assume because a definition says so: `address=https://registry.example.com/*`, `class=com.example.LoginModule`, `role=arn:aws:iam::123456789012:role/reader`, `environment`, `config-providers`, `javascript` or `regex`."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for entry in var.definition_reach : can(regex("^((address|class|role)=[^,]+|environment|config-providers|javascript|regex)$", entry))])
    error_message = "An entry of definition_reach must be address=..., class=..., role=..., environment, config-providers, javascript or regex, without commas."
  }
}

# Buckets

variable "landing_buckets" {
  description = "Buckets where data files arrive, by names of your choice. With `create` the module creates the bucket; otherwise `bucket` is an existing one. Sluice processes only objects whose keys match `prefix` and `suffix`. With `notification = \"module\"` the module manages the bucket's entire notification configuration; with `external` the bucket's owner does (see the output `bucket_notifications`). `kms_key_arn` is the key that encrypts the bucket. `account_id` is the owner of a bucket in another account."
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
    error_message = "Keys of landing_buckets must be 1 to 10 lower-case letters, digits and hyphens, begin with a letter, and not be definitions."
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
    error_message = "A landing bucket's account_id must be the 12 digits of the account that owns the bucket."
  }

  validation {
    condition     = alltrue([for b in values(var.landing_buckets) : b.account_id == null || (!b.create && b.notification == "external")])
    error_message = "A bucket in another account needs create = false and notification = \"external\": its owner manages the notification configuration."
  }
}

variable "definitions" {
  description = "Where definition files are. `landing_bucket` is the entry of `landing_buckets` that contains them. Otherwise they have a bucket of their own, configured as in `landing_buckets`. `prefix` defaults to the one in `infra/events/routes.json`."
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
    error_message = "A landing bucket that also contains the definitions needs a prefix that does not overlap with theirs: S3 rejects notifications with overlapping prefixes."
  }
}

variable "force_destroy_buckets" {
  description = "Whether `terraform destroy` deletes buckets that the module created even if they contain objects."
  type        = bool
  default     = false
  nullable    = false
}

# Bus, queues and schedules

variable "event_bus" {
  description = "EventBridge bus. With `create = false`, `name` is an existing bus in this account and region."
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
    error_message = "The bus \"default\" exists in every account: use it with create = false."
  }
}

variable "queue_kms_key_arn" {
  description = "ARN of a customer managed key for the queues. Without it SQS manages the key. The key policy must allow S3 and EventBridge to use it."
  type        = string
  default     = null

  validation {
    condition     = var.queue_kms_key_arn == null || can(regex("^arn:[^:]+:kms:[^:]+:[0-9]{12}:key/.+$", var.queue_kms_key_arn))
    error_message = "queue_kms_key_arn must be the ARN of a key, not of an alias."
  }
}

variable "dead_letter_retention_days" {
  description = "How many days the dead-letter queues keep messages."
  type        = number
  default     = 14
  nullable    = false

  validation {
    condition     = var.dead_letter_retention_days >= 5 && var.dead_letter_retention_days <= 14
    error_message = "dead_letter_retention_days must be from 5 to 14: SQS counts from the time a message was first sent, and the source queues keep messages for 4 days."
  }
}

variable "restrict_dead_letter_queues" {
  description = "Whether a dead-letter queue accepts only its own source queue. It is off by default because Terraform waits forever for this setting on AWS emulators without `RedriveAllowPolicy`."
  type        = bool
  default     = false
  nullable    = false
}

variable "schedules" {
  description = "Overrides for the schedules `poll` and `retain`. Omitted values come from `infra/events/routes.json`. `enabled = false` pauses a schedule."
  type = map(object({
    expression = optional(string)
    timezone   = optional(string)
    enabled    = optional(bool, true)
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for name in keys(var.schedules) : contains(["poll", "retain"], name)])
    error_message = "schedules may only contain poll and retain."
  }

  validation {
    condition     = alltrue([for s in values(var.schedules) : s.expression == null || can(regex("^(rate\\([1-9][0-9]* (minute|minutes|hour|hours|day|days)\\)|cron\\([^()]+\\))$", s.expression))])
    error_message = "A schedule's expression must be rate(...) or cron(...), such as rate(1 minute) or cron(0 3 * * ? *)."
  }
}

# State table

variable "table_kms_key_arn" {
  description = "ARN of a customer managed key for the state table. Without it DynamoDB uses a key of its own."
  type        = string
  default     = null

  validation {
    condition     = var.table_kms_key_arn == null || can(regex("^arn:[^:]+:kms:[^:]+:[0-9]{12}:key/.+$", var.table_kms_key_arn))
    error_message = "table_kms_key_arn must be the ARN of a key, not of an alias."
  }
}

variable "table_deletion_protection" {
  description = "Whether the state table is protected against deletion. Apply `false` before `terraform destroy`."
  type        = bool
  default     = true
  nullable    = false
}

variable "table_point_in_time_recovery" {
  description = "Whether the state table can be restored to any second of the last 35 days."
  type        = bool
  default     = true
  nullable    = false
}

# Keys of logs and of environment variables

variable "log_kms_key_arn" {
  description = "ARN of a customer managed key for the logs. Without it CloudWatch uses a key of its own. The key policy must allow CloudWatch Logs to use it."
  type        = string
  default     = null

  validation {
    condition     = var.log_kms_key_arn == null || can(regex("^arn:[^:]+:kms:[^:]+:[0-9]{12}:key/.+$", var.log_kms_key_arn))
    error_message = "log_kms_key_arn must be the ARN of a key, not of an alias."
  }
}

variable "environment_kms_key_arn" {
  description = "ARN of a customer managed key for the functions' environment variables. Without it Lambda uses its AWS managed key."
  type        = string
  default     = null

  validation {
    condition     = var.environment_kms_key_arn == null || can(regex("^arn:[^:]+:kms:[^:]+:[0-9]{12}:key/.+$", var.environment_kms_key_arn))
    error_message = "environment_kms_key_arn must be the ARN of a key, not of an alias."
  }
}

# HTTP API

variable "api_enabled" {
  description = "Whether to create the HTTP API in front of `gate`."
  type        = bool
  default     = true
  nullable    = false
}

variable "api_authorization" {
  description = "How callers authenticate. `AWS_IAM`: with signed requests of principals that have `execute-api:Invoke` (see the outputs `api_read_policy` and `api_write_policy`). `JWT`: with tokens as configured in `api_jwt`."
  type        = string
  default     = "AWS_IAM"
  nullable    = false

  validation {
    condition     = contains(["AWS_IAM", "JWT"], var.api_authorization)
    error_message = "api_authorization must be AWS_IAM or JWT. There is no API without authentication: any caller could replace the data of every cluster."
  }
}

variable "api_jwt" {
  description = "Issuer and accepted audiences of tokens, and scopes of which a token needs at least one. Required for `api_authorization = \"JWT\"`."
  type = object({
    issuer   = string
    audience = list(string)
    scopes   = optional(list(string), [])
  })
  default = null

  validation {
    condition     = (var.api_authorization == "JWT") == (var.api_jwt != null)
    error_message = "Set api_jwt if and only if api_authorization is JWT."
  }

  validation {
    condition     = var.api_jwt == null || can(regex("^https://", var.api_jwt.issuer)) && try(length(var.api_jwt.audience) > 0, false)
    error_message = "api_jwt needs an issuer that begins with https:// and at least one audience."
  }
}

variable "api_roles" {
  description = "What callers of the API may do. Each entry gives `roles` (`read`, `plan`, `data`, `apply`, `operate`, `destroy`; none includes another) for the `datasources` that match a pattern (`*` stands for any text) to IAM `principals` (patterns of ARNs; those of roles are `arn:aws:sts::<account>:assumed-role/<role>/*`) or to tokens with all of the `claims`. With `null`, an IAM principal may do what its policies allow, and a token may read and plan."
  type = map(object({
    principals  = optional(list(string), [])
    claims      = optional(map(string), {})
    roles       = list(string)
    datasources = optional(list(string), ["*"])
  }))
  default = null

  validation {
    condition     = alltrue([for entry in values(coalesce(var.api_roles, {})) : (length(entry.principals) == 0) != (length(entry.claims) == 0)])
    error_message = "An entry of api_roles needs either principals or claims."
  }

  validation {
    condition     = alltrue([for entry in values(coalesce(var.api_roles, {})) : length(entry.roles) > 0 && length(setsubtract(entry.roles, ["read", "plan", "data", "apply", "operate", "destroy"])) == 0])
    error_message = "The roles of an entry of api_roles must be some of read, plan, data, apply, operate and destroy."
  }

  validation {
    condition     = alltrue([for entry in values(coalesce(var.api_roles, {})) : length(entry.datasources) > 0])
    error_message = "The datasources of an entry of api_roles must not be empty. Leave them out for all datasources."
  }
}

variable "api_throttling" {
  description = "Rate limit of the API in requests per second, and its burst limit."
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
  description = "Custom domain of the API, with an ACM certificate in this region. With `hosted_zone_id`, which must be known at plan time, the module creates the Route 53 record. The API then responds at this domain only."
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
  description = "Whether to create CloudWatch alarms: on failed and missing invocations, old messages and dead letters, and on data that is late or wrong."
  type        = bool
  default     = true
  nullable    = false
}

variable "alarm_thresholds" {
  description = "When alarms on late or wrong data fire: seconds from upload to available, seconds that an item is due, seconds that an event waits in the outbox, seconds of an outage, failed calls to Druid in five minutes, rows in five minutes, messages that a stream lags behind, days without a sweep, seconds that a running backfill does not come forward. -1 leaves the alarm out."
  type = object({
    time_to_available = optional(number, 3600)
    due_age           = optional(number, 900)
    outbox_age        = optional(number, 300)
    outage_age        = optional(number, 300)
    druid_errors      = optional(number, 50)
    rows_unparseable  = optional(number, 0)
    rows_thrown_away  = optional(number, -1)
    supervisor_lag    = optional(number, -1)
    sweep_age_days    = optional(number, 3)
    backfill_idle     = optional(number, 21600)
  })
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for threshold in values(var.alarm_thresholds) : threshold >= 0 || threshold == -1])
    error_message = "alarm_thresholds must be numbers of at least 0, or -1 for no alarm."
  }
}

variable "dashboard_enabled" {
  description = "Whether to create a CloudWatch dashboard."
  type        = bool
  default     = true
  nullable    = false
}

variable "metrics_datasources" {
  description = "Datasources that have metrics of their own, at most 50. CloudWatch charges each metric of each of them."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = length(var.metrics_datasources) <= 50
    error_message = "metrics_datasources must list at most 50 datasources: CloudWatch charges each metric of each of them."
  }

  validation {
    condition     = alltrue([for name in var.metrics_datasources : length(trimspace(name)) > 0 && !strcontains(name, ",")])
    error_message = "metrics_datasources must be names of datasources, without commas."
  }
}

variable "notify" {
  description = "Who is told of alarms and of events such as a failed run: email addresses, each of which has to confirm its subscription; `sns`, ARNs of existing topics, whose policies must let CloudWatch and EventBridge publish; `slack`, a workspace that is authorised in Amazon Q Developer in chat applications; `pagerduty`, an EventBridge connection that adds the `routing_key`."
  type = object({
    email     = optional(list(string), [])
    sns       = optional(list(string), [])
    slack     = optional(object({ workspace_id = string, channel_id = string }))
    pagerduty = optional(object({ connection_arn = string }))
  })
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for address in var.notify.email : can(regex("^[^@ ]+@[^@ ]+\\.[^@ ]+$", address))])
    error_message = "notify.email must be email addresses."
  }

  validation {
    condition     = alltrue([for arn in var.notify.sns : can(regex("^arn:[^:]+:sns:[^:]+:[0-9]{12}:.+$", arn))])
    error_message = "notify.sns must be ARNs of SNS topics."
  }

  validation {
    condition     = var.notify.slack == null || try(can(regex("^[TE][A-Z0-9]{8,}$", var.notify.slack.workspace_id)) && can(regex("^[CG][A-Z0-9]{8,}$", var.notify.slack.channel_id)), false)
    error_message = "notify.slack must have the workspace_id (T...) and the channel_id (C...) that Slack shows in its addresses, not names."
  }

  validation {
    condition     = var.notify.pagerduty == null || try(can(regex("^arn:[^:]+:events:[^:]+:[0-9]{12}:connection/.+$", var.notify.pagerduty.connection_arn)), false)
    error_message = "notify.pagerduty.connection_arn must be the ARN of an EventBridge connection, not the integration key, which would be readable in Terraform's state."
  }
}
