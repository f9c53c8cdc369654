"""The front desk of a salon on YCLIENTS or Altegio."""
