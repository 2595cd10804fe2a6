module "sluice" {
  source       = "../.."
  function_zip = "../../../target/function.zip"
  clusters = {
    main = { url = "https://druid.example.com" }
  }
}

output "curl" { value = module.sluice.curl }
