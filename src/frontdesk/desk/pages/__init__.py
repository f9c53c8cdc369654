"""The pages of the desk, one file each; see `frontdesk.desk.page`."""
